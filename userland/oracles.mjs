// What tests compare with and is not ours. Where an oracle is not installed, a test that needs it is not run and says why
// (`{ skip: lacking("qemu-riscv64") }`); the test command lists what was left out.
import { spawnSync } from "node:child_process";

/** @type {Map<string, boolean>} */
const known = new Map();

function isInstalled(command) {
  let is = known.get(command);
  if (is === undefined) {
    is = spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
    known.set(command, is);
  }
  return is;
}

/**
 * @param {...string} commands
 * @returns {string | false} which of them are not installed, as a test's reason; false: all are
 */
export function lacking(...commands) {
  const missing = commands.filter((command) => !isInstalled(command));
  return missing.length > 0 && `needs ${missing.join(" and ")}`;
}
