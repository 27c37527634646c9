import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createPool } from "./compiler-pool.mjs";

const folder = mkdtempSync(join(tmpdir(), "vitrine-pool-"));
const pool = createPool();
after(async () => {
  await pool.close();
  rmSync(folder, { recursive: true });
});

function object(name: string, text: string): string[] {
  const source = join(folder, `${name}.c`);
  writeFileSync(source, text);
  return ["-c", source, "-o", join(folder, `${name}.o`)];
}

test("all commands are run, and what each says comes back in its place", async () => {
  const names = ["a", "b", "c", "d", "e"];
  const said = await pool.run(
    names.map((name) => object(name, `int ${name}(void) { int ${name}${name}; return 1; }\n`)),
  );
  for (const [index, name] of names.entries()) {
    assert.match(said[index] ?? "", new RegExp(`unused variable '${name}${name}'`));
    assert.equal(readFileSync(join(folder, `${name}.o`)).toString("latin1", 1, 4), "ELF");
  }
});

test("a command that fails ends the run with its messages", async () => {
  const commands = ["ok", "bad", "fine"].map((name) =>
    object(name, name === "bad" ? "int f(void) { return x; }\n" : `int ${name};\n`),
  );
  await assert.rejects(pool.run(commands), /^Error: cc \S*bad\.c \S*bad\.o\n[^]*'x'/);
});
