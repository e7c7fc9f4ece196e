import { describe, expect, it } from "vitest";
import { changed, typed, whole } from "../../src/organisations/typed";
import type { Organisation } from "../../src/organisations/keeping";

const team: Organisation = {
  id: 145,
  kind: "team",
  name: "水稻队",
  full_name: "水稻队",
  aliases: ["成富水稻队"],
  division_code: "230522206000",
  division_name: "成富朝鲜族满族乡",
  jurisdiction: "county",
  association: false,
  active: true,
  closed_on: null,
  phone: null,
  version: 3,
  staffed: true,
  fields: ["agriculture"],
  team: {
    kind: "volunteer",
    host_id: 135,
    host_name: "合作社",
    fields: ["agriculture"],
    reach: [{ code: "230522206000", name: "成富朝鲜族满族乡" }],
    languages: ["zh", "ko"],
    intro: "",
    checked: true,
  },
} as Organisation;

describe("changing an organisation", () => {
  it("sends nothing of what was left as it was", () => {
    expect(changed(typed(team), team)).toEqual({});
  });

  it("sends what differs, and of its team only that", () => {
    const form = typed(team);
    form.phone = " 0469-5810000 ";
    form.intro = "讲水稻。";
    expect(changed(form, team)).toEqual({ phone: "0469-5810000", team: { intro: "讲水稻。" } });
  });

  it("clears a telephone with null", () => {
    const form = typed({ ...team, phone: "0469-5810000" });
    form.phone = "";
    expect(changed(form, { ...team, phone: "0469-5810000" })).toEqual({ phone: null });
  });

  it("reads other spellings from lines or commas, without empty ones", () => {
    const form = typed(team);
    form.aliases = "成富水稻队\n\n水稻服务队、种稻队";
    expect(changed(form, team)).toEqual({ aliases: ["成富水稻队", "水稻服务队", "种稻队"] });
  });

  it("gives a new department no team", () => {
    const form = { ...typed(), kind: "department" as const, name: "县气象局", division_code: "230522000000" };
    const sent = whole(form);
    expect(sent.team).toBeUndefined();
    expect(sent.full_name).toBe("县气象局");
  });
});
