// Paths of the guest's files as a person types and reads them, and the commands that name them in a shell.

/** The home of whoever sits at the terminal. */
export const HOME = "/root";

/** NAME_MAX and PATH_MAX without its final zero, in bytes. */
const NAME_BYTES = 255;
const PATH_BYTES = 4095;

// Enter, Ctrl-C and their like could not be typed into a command, and nobody could read them.
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

const bytesIn = (text: string): number => new TextEncoder().encode(text).length;

/** What is typed as a name or path: relative ones begin in the home directory. Throws an Error that says what is wrong. */
export function resolvePath(typed: string): string {
  const text = typed.trim();
  if (text === "") throw new Error("Which file? Give it a name, such as hello.c.");
  if (CONTROL.test(text)) throw new Error("A name with control characters cannot be used here.");
  const from = text.startsWith("/") ? text : `${HOME}/${text.replace(/^~\//, "")}`;
  const parts: string[] = [];
  for (const part of from.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const path = `/${parts.join("/")}`;
  if (/(^|\/)\.{0,2}$/.test(text)) throw new Error(`${path} is a folder, and a file is wanted.`);
  if (parts.some((part) => bytesIn(part) > NAME_BYTES))
    throw new Error(`A name has at most ${NAME_BYTES} bytes.`);
  if (bytesIn(path) > PATH_BYTES) throw new Error(`A path has at most ${PATH_BYTES} bytes.`);
  return path;
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/")) || "/";

/** As a shell's prompt says it: the home directory as ~. */
export const shortPath = (path: string): string =>
  path.startsWith(`${HOME}/`) ? `~${path.slice(HOME.length)}` : path;

/** A name for a file that comes from elsewhere: as it is, but for what no name here can have. */
export function nameFor(foreign: string): string {
  const name = [...foreign]
    .map((letter) => (CONTROL.test(letter) || letter === "/" ? "_" : letter))
    .join("");
  return name === "" || name === "." || name === ".." ? "file" : name;
}

/** Whether the compiler would make a program of it, and the editor knows its language. */
export const isSource = (path: string): boolean => /[^/]\.c$/.test(path);
export const isCLanguage = (path: string): boolean => /[^/]\.[ch]$/.test(path);

/** A word of a shell's command line. */
export function shellWord(text: string): string {
  return /^[\w/.,:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** How a program in `folder` names a file; never like an option. */
function seenFrom(folder: string, path: string): string {
  if (folderOf(path) !== folder) return path;
  const name = nameOf(path);
  return name.startsWith("-") ? `./${name}` : name;
}

/** The command by which a shell in `folder` runs a program. */
export const runCommand = (path: string, folder: string): string =>
  shellWord(folderOf(path) === folder ? `./${nameOf(path)}` : path);

/** The command by which a shell in `folder` makes a program of a source file and runs it. */
export function compileCommand(source: string, folder: string): string {
  const program = source.replace(/\.c$/, "");
  const word = (path: string): string => shellWord(seenFrom(folder, path));
  return `cc -g ${word(source)} -o ${word(program)} && ${runCommand(program, folder)}`;
}
