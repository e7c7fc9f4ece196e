import {
  Building2,
  CalendarCheck,
  CalendarDays,
  CalendarRange,
  ChartColumn,
  ClipboardList,
  Flag,
  Hand,
  KeyRound,
  MapPin,
  Megaphone,
  MessageSquareWarning,
  Phone,
  Settings,
  Target,
  Truck,
  Users,
} from "@lucide/vue";
import { computed, type Component } from "vue";
import type { Key } from "@/i18n";
import { holds, PLANNERS, STAFF } from "./session";

/** `tab`: the shorter word under the icon of a phone. */
type Entry = { name: string; label: Key; tab?: Key; icon: Component };

/** Where the person's roles lead, the most used first. A phone shows the first four. */
export const entries = computed<Entry[]>(() => {
  const all: (Entry & { when: boolean })[] = [
    {
      name: "work",
      label: "common.work",
      icon: ClipboardList,
      when: holds(...STAFF),
    },
    { name: "board", label: "common.board", icon: Hand, when: holds("leader") },
    {
      name: "order",
      label: "common.order_now",
      tab: "common.tab_order",
      icon: Megaphone,
      when: holds("dispatcher"),
    },
    { name: "calls", label: "common.calls", tab: "common.tab_calls", icon: Phone, when: holds("dispatcher") },
    {
      name: "calendar",
      label: "common.calendar",
      icon: CalendarRange,
      when: holds(...PLANNERS, "supervisor"),
    },
    {
      name: "campaigns",
      label: "common.campaigns",
      icon: Flag,
      when: holds(...PLANNERS, "supervisor"),
    },
    {
      name: "campaign-days",
      label: "common.campaigns",
      icon: Flag,
      when: holds("system_administrator"),
    },
    {
      name: "overview",
      label: "common.overview",
      tab: "common.tab_overview",
      icon: ChartColumn,
      when: holds("supervisor", "dispatcher", "officer"),
    },
    {
      name: "bookings",
      label: "common.bookings",
      tab: "common.tab_bookings",
      icon: CalendarCheck,
      when: holds(...PLANNERS),
    },
    {
      name: "equipment",
      label: "common.equipment",
      icon: Truck,
      when: holds(...PLANNERS, "supervisor"),
    },
    {
      name: "complaints",
      label: "common.complaints",
      tab: "common.tab_complaints",
      icon: MessageSquareWarning,
      when: holds("dispatcher", "supervisor"),
    },
    { name: "admin-people", label: "admin.people_title", icon: Users, when: holds("security_administrator") },
    {
      name: "admin-grants",
      label: "admin.grants_title",
      icon: KeyRound,
      when: holds("security_administrator"),
    },
    {
      name: "admin-organisations",
      label: "admin.organisations_title",
      tab: "common.tab_organisations",
      icon: Building2,
      when: holds("system_administrator", "supervisor"),
    },
    {
      name: "admin-venues",
      label: "admin.venues_title",
      icon: MapPin,
      when: holds("system_administrator", "scheduler"),
    },
    {
      name: "admin-settings",
      label: "admin.settings_title",
      icon: Settings,
      when: holds("system_administrator"),
    },
    {
      name: "admin-holidays",
      label: "admin.holidays_title",
      icon: CalendarDays,
      when: holds("system_administrator"),
    },
    {
      name: "admin-plan",
      label: "admin.plan_title",
      tab: "common.tab_plan",
      icon: Target,
      when: holds("supervisor"),
    },
  ];
  return all.filter((entry) => entry.when);
});
