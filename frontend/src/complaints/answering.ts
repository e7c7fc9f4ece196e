// The routes of complaints as those use them who answer.

import { api, taken, versioned, type Schemas } from "@/api/client";
import type { operations } from "@/api/schema";

export const COMPLAINT_STATES = ["open", "answered", "escalated", "final", "withdrawn"] as const;
export type ComplaintState = Schemas["ComplaintState"];
export type ComplaintItem = Schemas["ComplaintItem"];
export type Complaint = Schemas["ComplaintView"];
export type ComplaintLine = Schemas["ComplaintLine"];
export type ComplaintContact = Schemas["ComplaintContact"];
export type ComplaintQuery = NonNullable<operations["list_complaints"]["parameters"]["query"]>;

export const listComplaints = (query: ComplaintQuery) =>
  taken(api.GET("/api/v1/complaints", { params: { query } }));
export const countComplaints = (query: ComplaintQuery) =>
  taken(api.GET("/api/v1/complaints/counts", { params: { query } }));
export const readComplaint = (id: number) =>
  versioned(api.GET("/api/v1/complaints/{id}", { params: { path: { id } } }));
export const readComplaintHistory = (id: number) =>
  taken(api.GET("/api/v1/complaints/{id}/history", { params: { path: { id } } }));
export const answerComplaint = (id: number, etag: string, words: string, key: string) =>
  versioned(
    api.POST("/api/v1/complaints/{id}/answer", {
      params: { path: { id }, header: { "If-Match": etag, "Idempotency-Key": key } },
      body: { words },
    }),
  );
export const revealComplaintContact = (id: number, reason: string) =>
  taken(api.POST("/api/v1/complaints/{id}/contact", { params: { path: { id } }, body: { reason } }));
