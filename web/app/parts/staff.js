// Who runs the board: the team, links for more of it, tickets and kiosks. For leads alone.
import { html, useEffect, useState } from "../view.js";
import { day, t } from "../lib/i18n.js";
import { kioskPath, ticketsPath } from "../lib/router.js";
import { invite, loadTeam, revoke, team } from "../state/staff.js";
import { Confirm } from "./confirm.js";

/** @import { Board, Staff as Member } from "../../types/model.js" */

/** @param {{board: Board, member: Member, onAsk: (member: Member) => void}} props */
const Line = ({ board, member, onAsk }) => html`<li class="row">
  <span><b><bdi>${member.name}</bdi></b>${member.person === board.me.person ? ` (${t("staff.you")})` : ""}
    <span class="quiet"> ${t(`staff.role.${member.role}`)}${member.since ? ` – ${t("staff.since", { date: day(member.since) })}` : ""}</span></span>
  <button type="button" class="bare end" aria-label=${t("staff.revokeWho", { name: member.name ?? "" })} onClick=${() => onAsk(member)}>${t("staff.revoke")}</button>
</li>`;

/** A link is shown once: whoever opens it first has the role. @param {{link: string}} props */
function Made({ link }) {
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard?.writeText(link).then(() => setCopied(true), () => {});
  return html`<div class="notice made">
    <p>${t("staff.linkOnce")}</p>
    <p><code class="link">${link}</code></p>
    ${navigator.clipboard && html`<button type="button" class="plain" onClick=${copy}>${t(copied ? "staff.copied" : "staff.copy")}</button>`}
  </div>`;
}

/** @param {{board: Board}} props */
function Invite({ board }) {
  const [link, setLink] = useState("");
  /** @param {"moderator" | "lead"} role */
  const make = async (role) => {
    const made = await invite(board.slug, role, 1);
    if (made) setLink(made.links[0]);
  };
  return html`<div class="invitation">
    <h3>${t("staff.invite")}</h3>
    <p class="quiet">${t("staff.inviteWhy")}</p>
    <div class="row">
      <button type="button" class="plain" onClick=${() => make("moderator")}>${t("staff.inviteModerator")}</button>
      <button type="button" class="plain" onClick=${() => make("lead")}>${t("staff.inviteLead")}</button>
    </div>
    <div role="status">${link && html`<${Made} key=${link} link=${link} />`}</div>
  </div>`;
}

/** @param {{board: Board}} props */
export function Staff({ board }) {
  const [asked, setAsked] = useState(/** @type {Member | null} */ (null));
  const { slug } = board;
  useEffect(() => {
    loadTeam(slug);
  }, [slug]);
  return html`<section class="staff" aria-labelledby="staff">
    <h2 id="staff">${t("staff.title")}</h2>
    <ul class="team">${(team.value ?? []).map((member) => html`<${Line} key=${member.person} board=${board} member=${member} onAsk=${setAsked} />`)}</ul>
    <${Invite} board=${board} />
    <section class="card"><h3>${t("tickets.title")}</h3>
      <p class="quiet">${t("tickets.why")}</p>
      <p><a class="button plain" href=${ticketsPath(slug)}>${t("tickets.make")}</a></p></section>
    <section class="card"><h3>${t("kiosk.title")}</h3>
      <p class="quiet">${t("kiosk.what")}</p>
      <p><a class="button plain" href=${kioskPath(slug)}>${t("kiosk.prepare")}</a></p></section>
    ${asked && html`<${Confirm} title=${t("staff.revokeWho", { name: asked.name ?? "" })} label=${t("staff.revoke")}
      points=${[t("staff.will.lose"), t("staff.will.stay")]} onConfirm=${() => revoke(slug, asked.person)} onClose=${() => setAsked(null)} />`}
  </section>`;
}
