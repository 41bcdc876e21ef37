// What the server says of a file that is to be imported.
import type { Kind, Source } from "./model.js";

export interface Problem { line: number | null; name: string; weight: "stops" | "skips" | "notes"; detail: string | null; message: string }

export interface PlannedIdea {
  line: number; text: string; theme: string | null; lang: string; id: string | null;
  source: Source | null; parent: number | null; kind: Kind; author: number | null; at: string | null;
}

export interface Plan {
  format: "csv" | "decidim-csv" | "decidim-json" | "pinson-csv" | "pinson-json" | "json";
  system: string; separator: string | null;
  columns: string[];
  /** part → place of its column, from 1 */
  map: Record<string, number>;
  rows: number; ideas: number; left_out: number; faulty: number; authors: number;
  seed: boolean; ready: boolean;
  themes: { name: string; rows: number; theme: string | null }[];
  sample: PlannedIdea[];
  problems: Problem[];
  counts: Record<string, number>;
  unlisted: number;
}

/** An import of the board, for its lead. */
export interface Import { id: string; system: string; at: string | null; first: number; ideas: number; undone: boolean }
