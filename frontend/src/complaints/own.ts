// The routes of complaints as whoever complained uses them: by the token of the link, or signed in.

import { api, headersOf, taken, versioned, type Door, type Schemas, type Versioned } from "@/api/client";

export type ComplaintItem = Schemas["ComplaintItem"];
export type ComplaintView = Schemas["ComplaintView"];
export type ComplaintTrack = Schemas["ComplaintTrack"];
export type Complain = Schemas["Complain"];

export function complain(body: Complain, key: string): Promise<Schemas["ComplaintSubmitted"]> {
  return taken(api.POST("/api/v1/complaints", { params: { header: { "Idempotency-Key": key } }, body }));
}

export function trackComplaint(body: Schemas["Track"]): Promise<ComplaintTrack> {
  return taken(api.POST("/api/v1/complaints/track", { body }));
}

export function openComplaint(door: Door, id: number): Promise<Versioned<ComplaintView>> {
  return versioned(
    api.GET("/api/v1/complaints/{id}", { params: { path: { id } }, headers: headersOf(door) }),
  );
}

export async function myComplaints(): Promise<ComplaintItem[]> {
  return (await taken(api.GET("/api/v1/complaints", { params: { query: { mine: true } } }))).items;
}

/** Not satisfied with the answer (with words), or taken back (without). */
export function moveComplaint(
  door: Door,
  seen: Versioned<ComplaintView>,
  words: string | null,
  key: string,
): Promise<Versioned<ComplaintView>> {
  const asked = {
    params: {
      path: { id: seen.body.id },
      header: { "If-Match": seen.etag, "Idempotency-Key": key },
    },
    headers: headersOf(door),
  };
  return versioned(
    words === null
      ? api.POST("/api/v1/complaints/{id}/withdraw", { ...asked, body: {} })
      : api.POST("/api/v1/complaints/{id}/not_satisfied", { ...asked, body: { words } }),
  );
}
