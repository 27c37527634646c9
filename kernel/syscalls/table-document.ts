// docs/system-calls.md, from the table. table-document.test.ts says when the file is out of date, and writes it anew.

import type { TableEntry } from "./table.ts";
import { wholeTable } from "./whole-table.ts";

const INTRODUCTION = `# System calls

Vitrine's kernel has the interface of Linux on riscv64: the same numbers, structures and error numbers. This page is made
from the table that the kernel dispatches by (\`kernel/syscalls/table.ts\`). A call that is absent answers \`ENOSYS\`, and the
kernel log says once who asked for it.
`;

function row({ number, name, args, note }: TableEntry): string {
  return `| ${number} | \`${name}(${args.map(([argument]) => argument).join(", ")})\` | ${note} |`;
}

function section(title: string, entries: readonly TableEntry[], noteTitle: string): string {
  const lines = entries.map(row).join("\n");
  return `## ${title}\n\n| number | call | ${noteTitle} |\n| ---: | --- | --- |\n${lines}\n`;
}

/** The whole page as Markdown. */
export function systemCallDocument(): string {
  const ordered = wholeTable().toSorted((a, b) => a.number - b.number);
  const [full, partial, absent] = (["full", "partial", "absent"] as const).map((status) =>
    ordered.filter((entry) => entry.status === status),
  );
  const names = (absent ?? []).map(({ name, number }) => `\`${name}\` ${number}`).join(", ");
  return [
    INTRODUCTION,
    section("Complete", full ?? [], ""),
    section("In part", partial ?? [], "what is missing"),
    `## Absent\n\n${names}.\n`,
  ].join("\n");
}
