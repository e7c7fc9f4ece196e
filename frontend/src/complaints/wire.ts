// The complaint routes as the contract has them, until the generated types know them.

import { api, taken, versioned, type Versioned } from "@/api/client";

export type ComplaintState = "open" | "answered" | "escalated" | "final" | "withdrawn";
export type ComplaintMove = "answer" | "not_satisfied" | "withdraw";
export type ComplaintAnswer = {
  words: string;
  at: string;
  organisation: string | null;
  final: boolean;
};

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

export type ComplaintView = ComplaintItem & {
  contact: { name: string | null; phone: string | null; masked: boolean } | null;
  answers: ComplaintAnswer[];
  not_satisfied: { words: string; at: string } | null;
};

export type ComplaintTrack = {
  number: string;
  state: ComplaintState;
  late: boolean;
  complained_at: string;
  due_at: string | null;
  answered_at: string | null;
  answers: ComplaintAnswer[];
  answering: { id: number; name: string };
  county_phone: string;
  complaint_id: number | null;
};

export type Complain = {
  words: string;
  order_number?: string;
  page?: string;
  contact_name?: string;
  contact_phone?: string;
  consent?: { version: string; given: "here" };
};

type Answered<T> = Promise<{ data?: T; error?: unknown; response: Response }>;
/** By the token of the link, or signed in. */
export type ComplaintDoor = { token: string | null };
const headers = (door: ComplaintDoor): Record<string, string> =>
  door.token ? { "Track-Token": door.token } : {};

export function complain(body: Complain, key: string): Promise<ComplaintView & { track_token: string }> {
  return taken(
    api.POST(
      "/api/v1/complaints" as never,
      { headers: { "Idempotency-Key": key }, body } as never,
    ) as Answered<ComplaintView & { track_token: string }>,
  );
}

export function trackComplaint(
  by: { number: string; phone_tail: string } | { token: string },
): Promise<ComplaintTrack> {
  return taken(
    api.POST("/api/v1/complaints/track" as never, { body: by } as never) as Answered<ComplaintTrack>,
  );
}

export function openComplaint(door: ComplaintDoor, id: number): Promise<Versioned<ComplaintView>> {
  return versioned(
    api.GET(
      `/api/v1/complaints/${id}` as never,
      { headers: headers(door) } as never,
    ) as Answered<ComplaintView>,
  );
}

export function myComplaints(): Promise<{ items: ComplaintItem[] }> {
  return taken(
    api.GET("/api/v1/complaints" as never, { params: { query: { mine: true } } } as never) as Answered<{
      items: ComplaintItem[];
    }>,
  );
}

export function moveComplaint(
  door: ComplaintDoor,
  seen: Versioned<ComplaintView>,
  verb: "not_satisfied" | "withdraw",
  body: unknown,
  key: string,
): Promise<Versioned<ComplaintView>> {
  return versioned(
    api.POST(
      `/api/v1/complaints/${seen.body.id}/${verb}` as never,
      {
        headers: { ...headers(door), "If-Match": seen.etag, "Idempotency-Key": key },
        body,
      } as never,
    ) as Answered<ComplaintView>,
  );
}
