// Somebody new signs in with the password that the administrator was shown once.

import { expect, test } from "vitest";
import { signIn, world } from "../support/world";

const here = world();

test("a password that counts once opens nothing but the choice of one's own", async () => {
  const { url } = here.now().server;
  const { login, password } = here.now().account("security_administrator");
  const asked = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/v1${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", ...headers },
    });
  const { access_token } = (await (await asked("/auth/login", { login, password })).json()) as {
    access_token: string;
  };
  const made = await asked(
    "/people",
    { name: "新来的", user_name: "xinlai" },
    { Authorization: `Bearer ${access_token}`, "Idempotency-Key": "a-new-person" },
  );
  const { one_time_password } = (await made.json()) as { one_time_password: string };
  expect(made.status).toBe(201);

  const page = await here.now().visitor("phone");
  await signIn(page, {
    role: "",
    organisation: null,
    division_code: "",
    login: "xinlai",
    password: one_time_password,
  });
  await page.goto("/notices");
  await page.getByText("请先换一个密码").waitFor();
  expect(new URL(page.url()).pathname).toBe("/account");
  await page.getByLabel("管理员给的密码").fill(one_time_password);
  await page.getByLabel("新密码").fill("稻花香里说丰年 2026");
  await page.getByRole("button", { name: "换密码" }).click();
  await page.getByText("密码换好了").waitFor();
  await page.goto("/notices");
  await page.getByRole("heading", { level: 1, name: "消息" }).waitFor();
});
