// The shapes of protocol pinson.v1 as the client holds them.
export type Choice = "agree" | "disagree" | "pass";
export type Relation = "expand" | "counter" | "adapt" | "explore";
export type Kind = "idea" | Relation;

/** `[n, agree, disagree, pass, score in millionths at the last refresh]` */
export type Score = [number, number, number, number, (number | null)?];
/** `[agree, judged]` of the last refresh */
export type Pool = [number, number];

export interface Source { system?: string; id?: string; title?: string | null; url?: string | null; place?: string | null; result?: string | null }

export interface Idea {
  n: number;
  text: string | null;
  lang: string | null;
  theme: string | null;
  kind: Kind;
  parent: number | null;
  with: number | null;
  root: number;
  depth: number;
  source: Source | null;
  author: { n: number; name: string | null } | null;
  at: string;
  state: "shown" | "pending" | "hidden" | "merged" | "withdrawn";
  seed: boolean;
  /** staff wrote it for somebody who was there */
  proxy?: boolean;
  /** counted in a room, beside the ballots; null: not, or not to be seen now */
  hands?: Hands | null;
  replies: number;
  /** the last round that it takes, or took, part in */
  round: number | null;
  /** what it became there, and why */
  round_state: Outcome | null;
  reason: Reason | null;
  judges: number | null;
  merged_into: number | null;
  /** may be shown to a room: read by several people, and nobody has reported it */
  vetted: boolean;
  /** what the organiser has answered, the oldest first */
  followup: FollowUp[];
  /** what staff did last to it: for its author and for staff */
  moderation: Moderated | null;
}

/** appealable: its author may answer, once; appeal: what came of that */
export interface Moderated {
  kind: string; reason: string | null; note: string | null; at: string; v: number; into: number | null;
  appeal: "open" | "uphold" | "dismiss" | null; appealable: boolean;
}

export type CaseKind = "appeal" | "report" | "pending" | "rising" | "fresh";
export type Waiting = Record<CaseKind, number>;
export interface Taken { idea: number | null; person: number | null; by: number; name: string | null; until: string }

/** Somebody as staff see them. */
export interface Subject {
  n: number; name: string | null; named: boolean; assurance: string; role: string;
  ideas: number; hidden: number; reports: number; suspended_until: string | null;
}

export interface ReportOf { n: number; appeal: boolean; reason: string | null; note: string | null; at: string; resolution: "open" | "uphold" | "dismiss"; by: Subject | null }

/** What a moderator is given to look at. */
export interface Case { kind: CaseKind; idea: Idea | null; person: Subject | null; reports: ReportOf[]; until: string | null }

/** A line of what staff did, for everybody. */
export interface RecordEntry {
  v: number; at: string; kind: string; reason: string | null; idea: number | null; into: number | null;
  by: "staff" | "rules"; waited_s: number | null; until: string | null; on: boolean; undone: boolean; appeal: string | null;
}

export interface RecordSummary {
  held: number; hidden: number; restored: number; merged: number; redacted: number; suspended: number;
  appeals: number; granted: number; median_wait_s: number | null;
}

export interface Hands { agree: number; disagree: number; pass: number; at: string }

/** Somebody with a role on a board, as its leads see them. */
export interface Staff { person: number; name: string | null; role: "moderator" | "lead"; since: string | null }

export type Status = "published" | "review" | "accepted" | "refused" | "progress" | "done";

/** `next_by`: "2026-11-23", when more will be said */
export interface FollowUp { status: Status; answer: string | null; at: string; next_by: string | null; v: number }

export type Outcome = "promoted" | "carried_over" | "eliminated" | "winner" | "finalist" | "excluded";
export type Reason = "rank" | "support" | "quota" | "below_cut" | "displaced_by_quota" | "too_few_judges" | "hidden";

export interface Rule {
  keep: { top?: number; share?: number; at_least?: number } | null;
  min_judges: number;
  carry_over: boolean;
  quota: { theme: string; at_least: number }[];
}

export interface Round {
  n: number;
  title: string | null;
  prompt: string | null;
  state: "planned" | "open" | "paused" | "closed" | "revealed";
  final: boolean;
  allows: string[];
  compete: Kind[];
  ballots: "served" | "any";
  scores: "live" | "after-vote" | "closed";
  counts: "standing" | "fresh";
  reveal: "at-close" | "by-lead";
  posts_per_person: number | null;
  votes_per_person: number | null;
  opens_at: string | null;
  /** as it stands now, after extensions */
  closes_at: string | null;
  minutes: number | null;
  serving_s: number;
  rule: Rule | null;
  opened_at: string | null;
  closed_at: string | null;
  /** minutes added */
  extended: number;
  /** closed before its time */
  early: boolean;
  reopenings: number;
  previews: number;
  candidates: number;
  /** people who say that they have finished */
  done: number;
  head: string | null;
  words: string[] | null;
}

/** An idea in a ranking; low and high are ten-thousandths. */
export interface Ranked {
  n: number; source: string | null;
  agree: number; disagree: number; pass: number; judged: number;
  score: number; rank: number; low: number; high: number;
  outcome: Outcome; reason: Reason | null; first_place?: number;
}

export interface Cut {
  last_in: number | null; first_out: number | null; score_ppm: number;
  uncertain: number[]; uncertain_in: number; uncertain_out: number;
}

export type TestName = "interval" | "groups" | "trim";
export interface Verdict {
  robust: boolean; passed: TestName[]; failed: TestName[]; skipped: TestName[];
  groups: { group: string; agree: number; n: number; majority: boolean; tested: boolean }[];
  trimmed_ballots: number;
}

/** What a round came to, or would come to now. */
export interface Result {
  round: number; pool: { agree: number; n: number }; seats: number | null; promoted: number[];
  cut: Cut | null; quota: { theme: string; at_least: number; got: number; met: boolean }[];
  judges: number; participants: number; short: number; settle: { ballots: number } | null;
  ideas: Ranked[]; winner?: number | null; verdict?: Verdict | null; resamples?: number;
}

/** The same fold with something left out. */
export interface Hold {
  without: "guests" | "seeds" | "staff" | "extensions" | "busiest" | "earlier" | "opposition";
  winner: number | null; same: boolean | null; agree: number; judged: number; share: number;
}

export interface Sample { version: number; at: string; round: number; ranks: [number, number, number, number][] }

export interface Me {
  person: number | null;
  name: string | null;
  roles: string[];
  ballots: Record<string, Choice>;
  posts_left: number | null;
  votes_left: number | null;
  own: number[];
  /** ideas of others that this person wants to hear of */
  follows: number[];
  /** where ideas are served: by idea of one's own, how many people read it */
  reads?: Record<string, number>;
  declared?: boolean;
  /** nobody yet, who may read but not begin to act */
  outside?: boolean;
  /** the round in which this person has finished, if that is the present one */
  done?: number | null;
  /** in a final, in this person's own order */
  finalists?: number[];
  /** after-vote: those of the ideas that this person judged */
  scores?: Score[];
  /** until when this person may only read */
  suspended?: { until: string; reason: string | null; note: string | null } | null;
}

/** A board as the server sends it. */
export interface Snapshot {
  slug: string; title: string; question: string; about: string | null; lang: string;
  themes: string[]; groups: string[]; entry: string;
  rounds: Round[]; round: number | null; state: string;
  ideas: Idea[]; more: number; scores: Score[]; pool: Pool | null; me: Me;
  watching: number; people: number; ballots: number | null;
  /** digits; null where this person may not know them */
  join_code?: string | null;
  /** for leads, where there are some */
  imports?: import("./import.js").Import[];
  licence?: string; visibility?: string; publish_log?: boolean; idea_min?: number; idea_max?: number; frozen?: boolean;
  /** ideas are read by staff before others see them: between two minutes of the day, in UTC */
  premoderation?: { from: number; until: number } | null;
  announcement?: Announcement | null;
  /** for staff */
  moderation?: { waiting: Waiting; taken: Taken[] };
}

/** A board as the client keeps it: never changed in place. */
export interface Board extends Omit<Snapshot, "ideas" | "scores" | "announcement"> {
  ideas: Map<number, Idea>;
  scores: Map<number, Score>;
  epoch: string | null;
  version: number;
  /** ideas as they were before a round closed, by "round.idea": for a step back */
  earlier: Map<string, Idea>;
  announcement: Announcement | null;
  notice: { idea: number; moderation: Moderated } | null;
}

export interface Announcement { v: number; text: string; at: string | null }

export interface BoardEvent {
  v: number;
  at?: string;
  op?: string;
  type: string;
  [field: string]: any;
}

export interface Joined {
  snapshot?: Snapshot;
  events?: BoardEvent[];
  scores?: Score[];
  pool?: Pool | null;
  me?: Partial<Me>;
  moderation?: { waiting: Waiting; taken: Taken[] };
  epoch: string;
  version: number;
  head?: string | null;
  now?: string | number;
}

export interface Notification { method: string; params: any }

export interface BoardLine {
  slug: string; title: string; question: string; state: string;
  round: number | Round | null; ideas: number; people: number; ballots: number | null;
}

/** Who runs this installation, and for how long it keeps what people say. */
export interface Site { responsible: string | null; contact: string | null; keep_months: number | null }
