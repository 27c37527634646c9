// A file of tests/cases holds many small scripts, with a line "%%" between two. Each runs in a shell and a folder of its
// own, because many of them end their shell; this makes one script of them all, which prints what each printed and its status.

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * @param {string} text
 * @returns {string}
 */
export function scriptOfCases(text) {
  const run = text.split("\n%%\n").map(
    (script, index) =>
      `mkdir "$top/${index}" && cd "$top/${index}" || exit 9
sh -c ${quoted(script)} </dev/null 2>/dev/null
echo "[case ${index + 1}: $?]"`,
  );
  return `export HOME=/tmp
top=/tmp/sh-cases.$$
mkdir "$top" || exit 9
${run.join("\n")}
cd /
rm -r "$top"
`;
}
