import { expect, test } from "vitest";
import { grouped } from "@/orders/work/board";
import type { Item, Organisation } from "@/orders/work/wire";

const team = {
  id: 144,
  fields: ["health"],
  team: { reach: [{ code: "230522101000", name: "兴隆镇" }] },
} as unknown as Organisation;
const departments = [
  { id: 1, fields: ["health"] },
  { id: 2, fields: ["agriculture"] },
] as unknown as Organisation[];
const item = (id: number, division_code: string, department: number, part: Partial<Item> = {}) =>
  ({
    id,
    division_code,
    department: { id: department },
    offer: null,
    requires: null,
    ...part,
  }) as unknown as Item;

test("a team sees what is offered to it, then its own places with its own fields first, then the rest", () => {
  const groups = grouped(
    [
      item(1, "230522100003", 1),
      item(2, "230522101201", 2),
      item(3, "230522101202", 1),
      item(4, "230522206000", 1, { offer: { team: { id: 144 } } } as unknown as Partial<Item>),
    ],
    team,
    departments,
  );
  expect(groups.map((group) => [group.key, group.items.map((one) => one.id)])).toEqual([
    ["offered", [4]],
    ["near", [3, 2]],
    ["far", [1]],
  ]);
});

test("what the department asks of a team counts before what the department does", () => {
  const asks = { requires: { fields: ["agriculture"], languages: [] } } as unknown as Partial<Item>;
  const [near] = grouped([item(1, "230522101201", 1, asks), item(2, "230522101201", 1)], team, departments);
  expect(near?.items.map((one) => one.id)).toEqual([2, 1]);
});
