// What the API says of complaints (to be replaced by the generated types).

import { api, versioned, type Versioned } from "@/api/client";

export const COMPLAINT_STATES = ["open", "answered", "escalated", "final", "withdrawn"] as const;
export type ComplaintState = (typeof COMPLAINT_STATES)[number];
export type ComplaintMove = "answer" | "not_satisfied" | "withdraw";

export type ComplaintItem = {
  id: number;
  number: string;
  state: ComplaintState;
  version: number;
  level: "centre" | "county" | "supervisor";
  words: string | null;
  page: string | null;
  order: { id: number | null; number: string } | null;
  answering: { id: number; name: string };
  complained_at: string;
  due_at: string | null;
  late: boolean;
  age_days: number;
  answer_by: string | null;
  answered_at: string | null;
  ended_at: string | null;
  parts: string[];
  moves: ComplaintMove[];
};

export type ComplaintContact = { name: string | null; phone: string | null; masked: boolean };

export type Complaint = ComplaintItem & {
  contact: ComplaintContact | null;
  answers: { words: string; at: string; organisation: string | null; final: boolean }[];
  not_satisfied: { words: string; at: string } | null;
};

export type ComplaintLine = {
  at: string;
  verb: "complain" | "answer" | "not_satisfied" | "withdraw" | "reveal_contact";
  who: string | null;
  role: string | null;
  organisation: string | null;
  from: ComplaintState | null;
  to: ComplaintState;
  version: number;
  note: string | null;
};

export type ComplaintQuery = { state?: string; late?: boolean; q?: string; limit?: number; after?: string };

/** The typed client does not know these paths yet: the same client, with what it should know said here. */
type Asking = { params?: { query?: object; header?: Record<string, string> }; body?: unknown };
type Answered<T> = Promise<{ data?: T; error?: unknown; response: Response }>;
const get = <T>(path: string, asking: Asking = {}): Promise<Versioned<T>> =>
  versioned((api.GET as unknown as (path: string, asking: Asking) => Answered<T>)(path, asking));
const post = <T>(path: string, asking: Asking): Promise<Versioned<T>> =>
  versioned((api.POST as unknown as (path: string, asking: Asking) => Answered<T>)(path, asking));

const one = (id: number) => `/api/v1/complaints/${id}`;

export const listComplaints = async (query: ComplaintQuery) =>
  (await get<{ items: ComplaintItem[]; next: string | null }>("/api/v1/complaints", { params: { query } }))
    .body;
export const countComplaints = async (query: ComplaintQuery) =>
  (await get<{ state: ComplaintState; count: number }[]>("/api/v1/complaints/counts", { params: { query } }))
    .body;
export const readComplaint = (id: number) => get<Complaint>(one(id));
export const readComplaintHistory = async (id: number) =>
  (await get<ComplaintLine[]>(`${one(id)}/history`)).body;
export const answerComplaint = (id: number, etag: string, words: string, key: string) =>
  post<Complaint>(`${one(id)}/answer`, {
    params: { header: { "If-Match": etag, "Idempotency-Key": key } },
    body: { words },
  });
export const revealComplaintContact = async (id: number, reason: string) =>
  (await post<ComplaintContact>(`${one(id)}/contact`, { body: { reason } })).body;
