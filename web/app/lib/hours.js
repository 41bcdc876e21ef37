// Hours of the day here ⇄ minutes of the day in UTC, with the offset that holds today.

const DAY = 24 * 60;
const offset = () => new Date().getTimezoneOffset(); // minutes that UTC is ahead

/** @param {string} time "20:00" here @returns {number} */
export function minuteOf(time) {
  const [hours, minutes] = time.split(":").map(Number);
  return (((hours * 60 + minutes + offset()) % DAY) + DAY) % DAY;
}

/** @param {number} minute of the day in UTC @returns {string} "20:00" here */
export function timeOfMinute(minute) {
  const here = (((minute - offset()) % DAY) + DAY) % DAY;
  return `${String(Math.floor(here / 60)).padStart(2, "0")}:${String(here % 60).padStart(2, "0")}`;
}
