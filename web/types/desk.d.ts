// What the lead of a board is told of it.
export interface Alert {
  kind: "short" | "themes" | "groups" | "guests" | "author" | "thread" | "overdue";
  count: number; of: number; minutes: number; missing: number;
  ideas?: number[]; themes?: string[]; groups?: string[];
}

export interface Share { people: number; ballots: number }

export interface Participation {
  people: number; ideas: number; ballots: number; enough: number; group_min: number;
  funnel: { acted: number; judged: number; enough: number; finished: number };
  busiest: Share;
  exposure: { candidates: number; least: number; quarter: number; middle: number; three_quarters: number; most: number; wanted: number; lacking: number };
  themes: { theme: string | null; ideas: number; ballots: number; candidates: number; lacking: number }[];
  groups: (Share & { group: string })[];
  rest: Share;
  assurance: (Share & { assurance: string })[];
  /** spans: `[people, ideas, ballots]` */
  time: { begin: string | null; step_ms: number; spans: [number, number, number][] };
}

export interface Forecast {
  people: number; ideas: number; minutes: number; seconds: number; seats: number; min_judges: number;
  opinions_per_person: number; opinions_per_idea: number; least: number; lacking: number; worlds: number;
  best_promoted: number; right_seats: number; winner_top5: number; best_wins: number;
}
