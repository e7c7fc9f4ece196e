// The areas of words. An area that only holds the words of an enum or of codes is asked for by `words("area." + value)`.

import type accountZh from "./zh/account";
import type adminZh from "./zh/admin";
import type attendanceZh from "./zh/attendance";
import type bookingsZh from "./zh/bookings";
import type campaignsZh from "./zh/campaigns";
import type commonZh from "./zh/common";
import type complaintsZh from "./zh/complaints";
import type enumsZh from "./zh/enums";
import type equipmentZh from "./zh/equipment";
import type eventsZh from "./zh/events";
import type feedsZh from "./zh/feeds";
import type homeZh from "./zh/home";
import type movesZh from "./zh/moves";
import type orderingZh from "./zh/ordering";
import type ordersZh from "./zh/orders";
import type planningZh from "./zh/planning";
import type problemsZh from "./zh/problems";
import type registrationsZh from "./zh/registrations";
import type reportsZh from "./zh/reports";
import type slotsZh from "./zh/slots";
import type statesZh from "./zh/states";
import type workZh from "./zh/work";

type Words = {
  account: typeof accountZh;
  admin: typeof adminZh;
  attendance: typeof attendanceZh;
  bookings: typeof bookingsZh;
  campaigns: typeof campaignsZh;
  common: typeof commonZh;
  complaints: typeof complaintsZh;
  enums: typeof enumsZh;
  equipment: typeof equipmentZh;
  events: typeof eventsZh;
  feeds: typeof feedsZh;
  home: typeof homeZh;
  moves: typeof movesZh;
  ordering: typeof orderingZh;
  orders: typeof ordersZh;
  planning: typeof planningZh;
  problems: typeof problemsZh;
  registrations: typeof registrationsZh;
  reports: typeof reportsZh;
  slots: typeof slotsZh;
  states: typeof statesZh;
  work: typeof workZh;
};

export type Area = keyof Words;
export type Key = { [A in Area]: `${A}.${keyof Words[A] & string}` }[Area];

type Load = () => Promise<{ default: Record<string, string> }>;

export const AREAS: Record<Area, { zh: Load; en: Load }> = {
  account: { zh: () => import("./zh/account"), en: () => import("./en/account") },
  admin: { zh: () => import("./zh/admin"), en: () => import("./en/admin") },
  attendance: { zh: () => import("./zh/attendance"), en: () => import("./en/attendance") },
  bookings: { zh: () => import("./zh/bookings"), en: () => import("./en/bookings") },
  campaigns: { zh: () => import("./zh/campaigns"), en: () => import("./en/campaigns") },
  common: { zh: () => import("./zh/common"), en: () => import("./en/common") },
  complaints: { zh: () => import("./zh/complaints"), en: () => import("./en/complaints") },
  enums: { zh: () => import("./zh/enums"), en: () => import("./en/enums") },
  equipment: { zh: () => import("./zh/equipment"), en: () => import("./en/equipment") },
  events: { zh: () => import("./zh/events"), en: () => import("./en/events") },
  feeds: { zh: () => import("./zh/feeds"), en: () => import("./en/feeds") },
  home: { zh: () => import("./zh/home"), en: () => import("./en/home") },
  moves: { zh: () => import("./zh/moves"), en: () => import("./en/moves") },
  ordering: { zh: () => import("./zh/ordering"), en: () => import("./en/ordering") },
  orders: { zh: () => import("./zh/orders"), en: () => import("./en/orders") },
  planning: { zh: () => import("./zh/planning"), en: () => import("./en/planning") },
  problems: { zh: () => import("./zh/problems"), en: () => import("./en/problems") },
  registrations: { zh: () => import("./zh/registrations"), en: () => import("./en/registrations") },
  reports: { zh: () => import("./zh/reports"), en: () => import("./en/reports") },
  slots: { zh: () => import("./zh/slots"), en: () => import("./en/slots") },
  states: { zh: () => import("./zh/states"), en: () => import("./en/states") },
  work: { zh: () => import("./zh/work"), en: () => import("./en/work") },
};
