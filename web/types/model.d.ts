// The shapes of protocol pinson.v1 as the client holds them.
export type Choice = "agree" | "disagree" | "pass";
export type Relation = "expand" | "counter" | "adapt" | "explore";
export type Kind = "idea" | Relation;

/** `[n, agree, disagree, pass, score in millionths at the last refresh]` */
export type Score = [number, number, number, number, (number | null)?];
/** `[agree, judged]` of the last refresh */
export type Pool = [number, number];

export interface Source { system?: string; id?: string; title?: string; url?: string }

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
  replies: number;
  round_state: string | null;
  reason: string | null;
  judges: number | null;
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
  counts: string;
  posts_per_person: number | null;
  votes_per_person: number | null;
  opens_at?: string | null;
  closes_at?: string | null;
}

export interface Me {
  person: number | null;
  name: string | null;
  roles: string[];
  ballots: Record<string, Choice>;
  posts_left: number | null;
  votes_left: number | null;
  own: number[];
}

/** A board as the server sends it. */
export interface Snapshot {
  slug: string; title: string; question: string; about: string | null; lang: string;
  themes: string[]; groups: string[]; entry: string;
  rounds: Round[]; round: number | null; state: string;
  ideas: Idea[]; more: number; scores: Score[]; pool: Pool | null; me: Me;
  watching: number; people: number; ballots: number | null;
  visibility?: string; publish_log?: boolean; idea_min?: number; idea_max?: number; frozen?: boolean;
}

/** A board as the client keeps it: never changed in place. */
export interface Board extends Omit<Snapshot, "ideas" | "scores"> {
  ideas: Map<number, Idea>;
  scores: Map<number, Score>;
  epoch: string | null;
  version: number;
  announcement: Announcement | null;
  notice: unknown;
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
