import { expect, test } from "vitest";
import { effectScope } from "vue";
import { usePages } from "@/ui/use-load";

type One = { id: number; word?: string };
const settled = () => new Promise((done) => setTimeout(done));

/** A list of two a page, over what `all` holds now. */
function listOf(all: () => One[]) {
  const asked: (string | undefined)[] = [];
  const scope = effectScope();
  const list = scope.run(() =>
    usePages<One>(async (after) => {
      asked.push(after);
      const from = Number(after ?? 0);
      return { items: all().slice(from, from + 2), next: all()[from + 2] ? String(from + 2) : null };
    }),
  )!;
  return { list, asked, stop: () => scope.stop() };
}
const ids = (list: { items: { value: One[] } }) => list.items.value.map((one) => one.id);

test("a list that is looked at again is read as far as it was, without seeming to load", async () => {
  let all = [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }, { id: 5 }];
  const { list } = listOf(() => all);
  await settled();
  await list.more();
  expect(ids(list)).toEqual([1, 2, 3, 4]);

  all = [{ id: 9 }, ...all];
  const going = list.refresh();
  expect(list.loading.value).toBe(false);
  expect(ids(list)).toEqual([1, 2, 3, 4]);
  await going;
  expect(ids(list)).toEqual([9, 1, 2, 3]);
  expect(list.next.value).toBe("4");
});

test("what somebody is at stays as it is and where it is, also when others have dealt with it", async () => {
  let all: One[] = [{ id: 1 }, { id: 2, word: "read" }, { id: 3 }];
  const { list } = listOf(() => all);
  await settled();
  await list.more();
  all = [{ id: 1 }, { id: 3 }, { id: 4 }];
  await list.refresh((one) => one.id === 2);
  expect(list.items.value).toEqual([{ id: 1 }, { id: 2, word: "read" }, { id: 3 }, { id: 4 }]);
});

test("a look that fails leaves what was read, and says nothing", async () => {
  let broken = false;
  const { list } = listOf(() => {
    if (broken) throw new Error("no network");
    return [{ id: 1 }];
  });
  await settled();
  broken = true;
  await list.refresh();
  expect(ids(list)).toEqual([1]);
  expect(list.problem.value).toBeUndefined();
});
