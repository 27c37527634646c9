// The image's small tools against the host's own (GNU coreutils, grep, findutils): the same command lines must print the same
// and end alike. Of those in cases.json some are taken; TOOLS_CASES=all takes them all.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { readCpio } from "../../kernel/fs/cpio.ts";
import { lacking } from "../oracles.mjs";

const work = mkdtempSync(join(tmpdir(), "vitrine-bin-test-"));
after(() => rmSync(work, { recursive: true }));

/** The program behind all tools, out of the image. */
const tools = join(work, "tools");
const archive = readCpio(readFileSync(join(import.meta.dirname, "..", "image.cpio")));
writeFileSync(tools, archive.find(({ nlink, data }) => nlink > 9 && data.length > 0)?.data ?? "");
chmodSync(tools, 0o755);

const setup = `mkdir -p d/e; printf 'one\\ntwo words\\nthree  more words\\n' > a; printf 'no end' > b; : > empty
ln -s a link; ln -s nowhere dangling; chmod 755 b; touch -d @0 a; printf '\\000\\001abc\\377%064d' 7 > bytes; ln a d/hard; mkfifo f; printf 'b\\na\\nb\\nb\\n10\\n9\\n' > lines`;

/** The template's time is the same for both, whenever their turns come. */
const began = Math.floor(Date.now() / 1000);

/** Runs each shell line in a folder of its own, made by `setup`. TOOL stands for the program under test. */
function run(commands: readonly string[], tool: string) {
  const folder = mkdtempSync(join(work, "run-"));
  const each = commands.map(
    (line, at) =>
      `cp -a template ${at}; cd ${at}; ( ${line}\n) >../${at}.out 2>../${at}.err; echo $? >../${at}.status; cd ..`,
  );
  const script = `mkdir template; cd template; ${setup}\ntouch -hd @${began} b empty link dangling bytes f lines d/e d\ncd ..\nTOOL() { ${tool} "$@"; }\n${each.join("\n")}\n`;
  spawnSync("bash", ["--norc", "-c", script], {
    cwd: folder,
    env: { PATH: "/bin:/usr/bin", LC_ALL: "C", TZ: "UTC" },
  });
  const results = commands.map((line, at) => {
    const read = (what: string) => readFileSync(join(folder, `${at}.${what}`), "latin1");
    const complaints = read("err")
      .replaceAll(/^(\S*\/)?(\w+|\[): /gm, (_, _path, name) => `${name}: `)
      .replaceAll(/\? \/bin\/(\w+): /g, "? $1: ")
      .replaceAll(/Try '\/\S*\//g, "Try '")
      .replaceAll(/[‘’`]|\xe2\x80[\x98\x99]/g, "'");
    const out = read("out").replaceAll(/^\/bin\/(\w+): /gm, "$1: ");
    return { line, status: read("status").trim(), out, complaints };
  });
  rmSync(folder, { recursive: true });
  return results;
}

/** Tool, then shell lines in which TOOL is called. */
const lines: Record<string, readonly string[]> = {
  hexdump: [
    "TOOL bytes; TOOL -C bytes; TOOL -x a; TOOL -d a; TOOL -o a; TOOL -b a; TOOL -c bytes; TOOL -Cv bytes",
    "TOOL -C -n 5 a; TOOL -C -s 4 a; TOOL -s 2 -n 3 -x a b; TOOL empty; TOOL -C < b; TOOL nothere a; TOOL -n 0 a; head -c 64 /dev/zero | TOOL; head -c 33 /dev/zero | TOOL -C",
  ],
  ls: [
    "TOOL -s a b bytes",
    "TOOL -m; TOOL -x a b empty lines; TOOL -p; TOOL -X a b bytes link",
    "export TERM=xterm; TOOL --color=always; TOOL -l --color=always link b d | cut -c1-10; TOOL --color=never; TOOL --color=odd 2> /dev/null; echo $?",
    'TOOL -lL link | cut -c1-10; TOOL -d link/; TOOL -n a | cut -d" " -f3-4; TOOL -g a | cut -c1-16; TOOL -o a | cut -c1-16',
    "TOOL --group-directories-first; TOOL -Fl link | grep -o link.*; TOOL -w 20 -C; TOOL -1 --all",
    "TOOL --bad; echo $?; TOOL -tr a b lines; TOOL -rS a b bytes",
    "TOOL",
    "TOOL -a",
    "TOOL -A",
    "TOOL -F",
    "TOOL -R",
    "TOOL d a nothere",
    "TOOL -d d",
    "TOOL -r",
    "TOOL -S a b empty",
    "TOOL -l a link d/hard | cut -c1-20",
    "TOOL -lh bytes | tr -s ' '",
    "TOOL -t a b | cat",
    "TOOL -l a | tr -s ' '",
    "TOOL -C a b empty lines",
  ],
  cat: [
    "TOOL -b a b; TOOL -E a b; TOOL -T a; printf 'a\\n\\n\\n\\nb\\n' | TOOL -s; printf 'a\\n\\n\\nb\\n' | TOOL -bsE",
    "TOOL -v bytes; TOOL -A bytes a; TOOL -et a; TOOL --number a; TOOL -q; cat a > k; TOOL k >> k; echo $?",
    "TOOL a b",
    "TOOL -n a b",
    "TOOL < a",
    "TOOL a - < b",
    "TOOL nothere a",
    "TOOL d",
    "echo x | TOOL",
  ],
  echo: [
    "TOOL a  b",
    "TOOL -n a",
    "TOOL -e 'a\\tb\\c' d",
    "TOOL -E 'a\\tb'",
    "TOOL -x",
    "TOOL -ne '\\0101\\n'",
    "TOOL",
    "TOOL -",
  ],
  wc: [
    "TOOL -m a; TOOL -L a b; TOOL -lL a b; TOOL - a < b; TOOL --lines a; TOOL bytes; TOOL d",
    "TOOL a",
    "TOOL a b empty",
    "TOOL -l a",
    "TOOL -lw a b",
    "TOOL < a",
    "cat a | TOOL",
    "TOOL -c nothere a",
    "cat a | TOOL -l",
  ],
  head: [
    "TOOL -n -1 a; TOOL -c -3 a; TOOL -n -0 a; TOOL -n -9 a; TOOL -q a b; TOOL -v a; TOOL -c 1k a; TOOL -n 1 - < a; TOOL nothere; TOOL d; TOOL -c x a",
    "TOOL -n 1 a",
    "TOOL -2 a",
    "TOOL -c 5 a",
    "TOOL a b",
    "TOOL < b",
    "seq 20 | TOOL",
    "TOOL -n 0 a",
    "(TOOL -n 1; cat) < a",
    "TOOL -n x a | cat",
  ],
  tail: [
    "TOOL -c 5 a; TOOL -c +30 a; TOOL -qn 1 a b; TOOL -vn1 a; TOOL nothere a; TOOL d; TOOL -n 1 - < b; TOOL -n0 a; TOOL -c 100 b",
    "TOOL -n 1 a",
    "TOOL -2 a",
    "TOOL -n +2 a",
    "TOOL a b",
    "seq 20 | TOOL",
  ],
  seq: [
    "TOOL 0 0.1 0.5; TOOL 1 -0.5 -1; TOOL -w -1 0.25 1; TOOL -f %03g 1 3; TOOL -f %.2f 1 2; TOOL 1.50 2; TOOL -s: -w 9 10; TOOL -w 0.5 1.25 3",
    "TOOL; TOOL a; TOOL 1 0 5; TOOL 1 2 3 4; TOOL -f x 1; TOOL 10 1",
    "TOOL 3",
    "TOOL 2 5",
    "TOOL 5 -2 0",
    "TOOL -w 8 11",
    "TOOL -s , 3",
    "TOOL 1 0",
    "TOOL -3 -1",
  ],
  grep: [
    "TOOL o a",
    "TOOL -n '^t' a",
    "TOOL -c words a b",
    "TOOL -v o a",
    "TOOL -i TWO a",
    "TOOL -l o a b",
    "TOOL 'e$' a",
    "TOOL 'o.*s' a",
    "TOOL '[^a-s ]w' a",
    "TOOL -q o a",
    "TOOL zzz a",
    "TOOL o nothere a",
    "TOOL -F . a",
    "TOOL -x one a",
    "TOOL -h o a lines",
    "TOOL 'x*' b",
    "cat a | TOOL more",
    "TOOL -H one a",
    "TOOL 'no \\?end' b",
    "TOOL -E 'one|more' a; TOOL 'one\\|more' a",
    "TOOL -E '(.)\\1' a; TOOL '\\(.\\)\\1' a",
    "TOOL -o '[a-z]*o' a; TOOL -on w a lines; TOOL -ob x b 2>/dev/null | head -n 0",
    "TOOL -w word a; TOOL -w words a; TOOL -wo 'w[a-z]*' a; echo 'ab-abc abcd' | TOOL -wo 'abc*'",
    "TOOL -r one . | sort; TOOL -r one | sort; TOOL -rl b d lines; TOOL -rh two d",
    "TOOL -L o a b lines; TOOL -lv o a b lines",
    "TOOL o d; TOOL -s o d nothere",
    "TOOL -e one -e two a; TOOL 'one\ntwo' a; printf 'one\nmore\n' > p; TOOL -f p a; TOOL -f empty a",
    "TOOL -m 1 o a; TOOL -c -m 1 o a",
    "seq 20 | TOOL -A 1 5; seq 20 | TOOL -B1 -n 1; seq 30 | TOOL -C 2 7; seq 20 | TOOL -2 10",
    "TOOL abc bytes; TOOL -c abc bytes; TOOL -a -o abc bytes",
    "TOOL --color=always o a; TOOL --colour=always -nH two a; TOOL --color=always -v one a",
    "TOOL -iE '^(ONE|T[WH])' a; TOOL -F 'o w' a; TOOL -Fx one a; TOOL -Fi TWO a; TOOL -F '*' a",
    "TOOL '[a' a; TOOL '\\(' a; TOOL -E '(' a; TOOL 'a\\{1' a; TOOL '[[:foo:]]' a; TOOL '[b-a]' a",
    "TOOL '' a; TOOL -c '' empty; TOOL -v '' a; TOOL -x '' a; TOOL -E '^$|x' a",
    "TOOL -E 'o{1,2}' a; TOOL -E '{' a; TOOL 'e\\{2\\}' a; TOOL '\\<w' a; TOOL '\\bt' a; TOOL '\\w\\W\\w' a",
    "TOOL -r --include='ha*' one .; TOOL -r --exclude='ha*' two . | sort",
    "TOOL one a -n; TOOL --line-number --ignore-case ONE a; TOOL -A x o a",
    "TOOL; TOOL -e",
  ],
  cut: [
    "TOOL -c 2-4 a",
    "TOOL -d ' ' -f 1,3 a",
    "TOOL -d ' ' -f 2- a lines",
    "TOOL -s -d ' ' -f 2 a",
    "TOOL -f 1 nothere a",
    "echo a:b:c | TOOL -d : -f 3,1",
  ],
  tr: [
    "TOOL a-z A-Z < a",
    "TOOL -d aeiou < a",
    "TOOL -s ' ' < a",
    "TOOL -cd 'a-z\\n' < a",
    "TOOL '[:lower:]' '[:upper:]' < a",
    "TOOL -cs a-z '\\n' < a",
    "TOOL ab x < lines",
    "TOOL '\\n' ' ' < a",
  ],
  basename: ["TOOL /a/b.c", "TOOL /a/b.c .c", "TOOL a/", "TOOL /", "TOOL .c .c"],
  dirname: ["TOOL /a/b.c x a/b/ /"],
  readlink: ["TOOL link", "TOOL a", "TOOL -f link | grep -o '[^/]*$'", "TOOL link dangling"],
  find: [
    "TOOL . | sort",
    "TOOL d -type d | sort",
    "TOOL . -name 'b*' | sort",
    "TOOL a d -maxdepth 1 -mindepth 1 | sort",
    "TOOL . -name '[ab]' -type f | sort",
    "TOOL . -name '?' | sort",
    "TOOL . -exec echo x{}y ';' | sort; TOOL d -type f -exec echo + {} + ; TOOL . -name nope -exec echo {} +; TOOL a -exec false {} ';' -print; TOOL a -exec false {} +; echo $?",
    "TOOL . -type f -size -1 | sort; TOOL . -size +0 -type f | sort; TOOL . -size 1k -type f | sort; TOOL . -size -40c -type f | sort",
    "TOOL . -newer a | sort; TOOL . ! -newer a -type f | sort; TOOL . -empty | sort; TOOL . -type l,p | sort",
    "TOOL . -name a -o -name b | sort; TOOL . '(' -name a -o -name b ')' -type f -print | sort; TOOL . -iname 'A*' -not -type d | sort",
    "TOOL . -name d -prune -o -print | sort; TOOL d -depth; TOOL . -path './d/*' | sort; TOOL a -print0 | tr '\\0' '\\n'",
    "TOOL . -perm 755 -type f; TOOL . -perm -100 -type f; TOOL . -perm /111 -type f; TOOL . -mtime +9 -type f | sort; TOOL . -mmin -5 -type f | sort; TOOL . -links 2 -type f | sort",
    "TOOL d -delete; ls; TOOL . -name b -delete -print; ls; TOOL . -name lines -quit | wc -l",
    "TOOL nothere a; TOOL . -name; TOOL . -bogus; TOOL . a -name b; TOOL . -exec echo; TOOL . -type x; TOOL . -size 1x; TOOL . -exec nothere {} ';' -quit",
  ],
  stat: [
    "TOOL -c '%n %F %a %A %h %f %U %G %u %g %%' a d link f empty /dev/null; TOOL -c '%Y %s' a",
    "TOOL -c %N a link; TOOL -L -c '%F %s' link; TOOL -c '[%10s] [%-6a] [%08s]' a; TOOL -c '%y %t,%T' a; TOOL -c %x-%X a | cut -c1-4",
    "TOOL a | sed 's/^Device.*Links/Links/;/^Change/d;/Birth/d;s/Blocks: [0-9]* *IO Block: [0-9]* *//;/^Access: [12]/d'",
    "TOOL nothere a -c %n; TOOL",
  ],
  xargs: [
    "seq 6 | TOOL -P 3 -n 1 echo | sort; seq 3 | TOOL -P 0 -n1 sh -c 'exit 1'; echo $?; echo a | TOOL sh -c 'exit 255'; echo $?; echo a | TOOL sh -c 'kill -9 $$'; echo $?",
    "TOOL -I{} echo '<{}>' {}x < a; TOOL -I X echo X < empty; printf 'a b\\0c\\0' | TOOL -0 -n 1 echo; TOOL -d '\\n' -n 1 < a; echo a,b | TOOL -d , echo; echo a b | TOOL -t -n 1",
    "echo a | TOOL nothere; echo b c | TOOL -n1 sh -c 'exit 3'; echo d | TOOL -I % sh -c 'echo % %'",
    "echo a b c | TOOL",
    "echo a b c | TOOL -n 2 echo x",
    "echo \"'a b' c\\\\ d\" | TOOL -n 1",
    "TOOL < empty",
    "TOOL -r < empty",
    "echo a | TOOL false",
    "echo | TOOL -n 1 echo z",
  ],
  cmp: [
    "TOOL -l a lines; TOOL -lb bytes a | head -n 3; TOOL -b a lines; TOOL -i 1 a lines; TOOL -n 3 a lines; TOOL -i 0:4 a lines; TOOL a - < b; TOOL a lines 1 2",
    "TOOL a nothere; TOOL nothere a; TOOL d a; TOOL a b; printf 'one\\ntw' | TOOL a; printf 'one\\n' > k; TOOL a k; TOOL -l a k; TOOL -s a k; echo $?",
    "TOOL a a",
    "TOOL a lines",
    "TOOL -s a b",
    "TOOL b empty",
  ],
  sort: [
    "printf 'a\\nc\\n' > k; printf 'b\\nd\\n' > l; TOOL -m k l; printf 'b\\na\\n' > k; TOOL -m k l; TOOL -mu l l; TOOL -mr k l; TOOL -m k - < l; TOOL -m nothere; TOOL -m -o k k l; cat k",
    "TOOL lines",
    "TOOL -n lines",
    "TOOL -r lines a",
    "TOOL -u lines",
    "TOOL -nr lines",
    "TOOL nothere",
    "printf 'b 2\\na 10\\nc 1\\na 9\\n' > k; TOOL -k 2n k; TOOL -k2 k; TOOL -k1,1 -k2,2nr k; TOOL -k 1,1 -s k; TOOL -rk1,1 k; TOOL -u -k1,1 k; TOOL -k1.1,1.1 -k2,2n k",
    "printf 'x:3:b\\ny:1:a\\nz:2:c\\n' > k; TOOL -t : -k 2 k; TOOL -t: -k3r k; TOOL -t : -k2,2n -k3 k",
    "printf 'B\\na\\nA\\nb\\n' > k; TOOL k; TOOL -f k; TOOL -fu k; TOOL -fr k; TOOL -fs k; TOOL -o k k; cat k",
    "printf '1K\\n10\\n2M\\n3\\n1.5K\\n' > k; TOOL -h k; TOOL -n k; printf 'v1.10\\nv1.9\\nv1.2\\n' | TOOL -V; printf -- '-1\\n-10\\n0.5\\n.25\\n00\\n2\\n' | TOOL -n",
    "printf '  b\\n a\\nc\\n' > k; TOOL k; TOOL -b k; TOOL -bk1,1 k; printf 'a-c\\nab\\n' | TOOL -d",
    "TOOL -c lines; echo $?; TOOL lines | TOOL -c; echo $?; TOOL -C lines; echo $?; TOOL -cu a; TOOL lines > k; TOOL -m k b; TOOL lines - < b",
    "TOOL -k 0 a; TOOL -k x a; TOOL -t ab a; TOOL -k1q a; TOOL d; TOOL -n a b nothere",
  ],
  uniq: [
    "TOOL -u lines; printf 'a 1\\nb 1\\nb 2\\nB 2\\n' > k; TOOL -f 1 k; TOOL -i k; TOOL -ic k; TOOL -s 2 k; TOOL -du k; TOOL k out; cat out; TOOL nothere",
    "TOOL lines",
    "TOOL -c lines",
    "sort lines | TOOL -d",
  ],
  mkdir: [
    "TOOL -v x y; TOOL -pv p/q/r; TOOL -m u=rwx,go= k; stat -c %a k; TOOL -m 1777 t; stat -c %a t; TOOL -m x z; TOOL; TOOL -p a; TOOL nothere/x; TOOL -p x//y/; ls x; TOOL -m a+w,o-x g; stat -c %a g",
    "TOOL x; ls",
    "TOOL d",
    "TOOL -p x/y/z; ls -R",
    "TOOL x/y",
    "TOOL -m 700 q; stat -c %a q",
    "TOOL -p a/x",
  ],
  rmdir: [
    "TOOL -v d/e; mkdir -p x/y/z; TOOL -p x/y/z; ls; mkdir -p x/y; touch x/k; TOOL -p x/y; ls x; TOOL --ignore-fail-on-non-empty x; echo $?; TOOL; TOOL a; TOOL -pv d/e",
    "TOOL d/e; ls d",
    "TOOL d",
    "TOOL nothere",
  ],
  rm: [
    "TOOL -v a b; TOOL -rv d | sort; TOOL -d d; mkdir q; TOOL -dv q; TOOL -d a d; ls",
    "yes n | TOOL -i a b; ls; yes | TOOL -i empty; yes | TOOL -ri d; ls; yes n | TOOL -ri d",
    "echo y | TOOL -I a b lines empty; ls; echo n | TOOL -rI d; TOOL; TOOL -f; TOOL .; TOOL -rf ..; TOOL -x a; TOOL nothere/x; TOOL a/x; TOOL -f a/x; echo $?; TOOL -- b",
    "TOOL a; ls",
    "TOOL d",
    "TOOL -r d; ls",
    "TOOL -f nothere; ls",
    "TOOL nothere a; ls",
    "TOOL link dangling; ls",
  ],
  cp: [
    "TOOL -v a x; TOOL -rv d x2 | sort; TOOL -n a b; cat b; echo y | TOOL -i a b; echo; cat b; echo n | TOOL -i lines b; cat b | head -n 1",
    "TOOL -t d a b; ls d; TOOL -T d a; TOOL -u a b; TOOL; TOOL a; TOOL a d/e; TOOL d b; cp a d/e/d; TOOL a b lines",
    "TOOL -s a x; readlink x; TOOL -l a y; stat -c %h y; TOOL -P link z; readlink z; TOOL -r link w; readlink w; TOOL link v; test -L v || echo plain; TOOL -L link u; TOOL dangling q",
    "TOOL a dangling; TOOL -a d D; ls -R D; TOOL --bad; TOOL -f a b; cat b; TOOL -Tv a x y",
    "TOOL a x; cat x",
    "TOOL a b d; ls -l d | cut -c1-10",
    "TOOL d x",
    "TOOL -r d x; ls -R x",
    "TOOL nothere x",
    "TOOL a a",
    "TOOL -p a x; stat -c '%Y %a' x",
    "TOOL a b nothere",
  ],
  mv: [
    "TOOL -v a x; TOOL -n x b; cat b; echo n | TOOL -i x b; cat b; echo y | TOOL -i x b; cat b; TOOL -t d b lines; ls d",
    "TOOL; TOOL a; TOOL a a; TOOL d d/e; TOOL a d/; ls d; TOOL d b; TOOL b d/e/x/y; TOOL b lines nothere; TOOL b lines empty; mkdir d/b; TOOL b d; TOOL -T lines d",
    "TOOL a x; ls",
    "TOOL a b d; ls . d",
    "TOOL nothere x",
    "TOOL d/e z; ls",
  ],
  ln: [
    "TOOL a b d; ls d; TOOL -v a x; TOOL -sv a y; TOOL -f a b; stat -c %h b; TOOL a; TOOL d x2; TOOL nothere z; TOOL; TOOL -sfn a link; readlink link; echo n | TOOL -si b link; readlink link",
    "ln -s d ld; TOOL -s ../a ld; ls d; TOOL -sfn b ld; readlink ld; TOOL a b lines; TOOL -sT a d; TOOL a a",
    "TOOL a x; stat -c %h x",
    "TOOL -s a x; readlink x",
    "TOOL a b",
    "TOOL -sf b link; readlink link",
    "TOOL -s ../a d; readlink d/a",
  ],
  touch: [
    "TOOL -h -d @7 link; stat -c %Y link; TOOL -amd @8 a; stat -c '%X %Y' a; TOOL -d '2024-05-06 07:08:09.5 UTC' a; stat -c %y a; TOOL -d '@5.25' a; stat -c %y a; TOOL -d '1 Jan 2001 10:00' a; stat -c %Y a",
    "TOOL -d @5 a; stat -c %Y a; TOOL -r a b; stat -c %Y b; TOOL -t 202301020304.05 a; stat -c %Y a; TOOL -d '2020-02-03 04:05:06' a; stat -c %Y a; TOOL -d 2020-02-03 a; stat -c %Y a",
    "TOOL -d @5 a; TOOL -md @9 a; stat -c '%X %Y' a; TOOL -ad @7 a; stat -c '%X %Y' a; TOOL -d nonsense a; TOOL -r nothere a; TOOL -t 1 a; TOOL",
    "TOOL new; ls",
    "TOOL -c new; ls",
    "TOOL a; test a -nt b; echo $?",
    "TOOL nothere/x",
  ],
  chmod: [
    "TOOL -v 600 a b; TOOL -c 600 a; TOOL -c 640 a; TOOL g=u a; stat -c %a a; TOOL a+X,o-r a; stat -c %a a; TOOL +x a; stat -c %a a; TOOL -w a; stat -c %a a; TOOL u+s,g+s,+t a; stat -c %a a; TOOL =r a; stat -c %a a; TOOL u=rw,g=r,o= a; stat -c %a a",
    "TOOL -R 700 d; stat -c '%n %a' d d/e d/hard; TOOL -R u=rwX,go=rX d; stat -c '%n %a' d d/e d/hard; TOOL --reference=b a; stat -c %a a; TOOL 12345678 a; TOOL u+z a; TOOL; TOOL 644; TOOL 644 nothere; TOOL a; TOOL -f 644 nothere; echo $?; TOOL 4755 a; stat -c %a a; TOOL o+w,a-x,u+x a; stat -c %A a",
    "TOOL 640 a; stat -c %a a",
    "TOOL u+x,go-r a; stat -c %a a",
    "TOOL a=r b; stat -c %a b",
    "TOOL u+x nothere >/dev/null 2>&1",
  ],
  tee: ["echo x | TOOL y; cat y", "echo x | TOOL -a a; cat a", "echo x | TOOL d/e"],
  yes: ["TOOL | head -n 3", "TOOL a b | head -n 1000 | cksum"],
  env: [
    "TOOL -i A=1 env -0 | tr '\\0' '\\n' | head -n 1; TOOL -C d pwd | grep -o '[^/]*$'; TOOL - A=2; TOOL -C nothere pwd; TOOL -0 true; TOOL -C d; TOOL -u A=B; TOOL d; TOOL -i PATH=/bin sh -c 'echo $PATH'",
    "TOOL -i A=1 B=2",
    "TOOL -u LC_ALL A=x sh -c 'echo $A${LC_ALL-none}'",
    "TOOL nothere",
    "TOOL -i",
  ],
  date: [
    "for d in '2024-05-06' '2024-05-06 07:08' '2024-02-28 +2 days' '2024-05-06 3 days ago' '2024-01-31 next month' '5 May 2024' 'May 5, 2024' '05/06/2024' '2024-05-06T07:08:09+02:00' '2024-05-06 7:08 pm' '20240506' '2024-05-06 12:00 + 36 hours' '2024-05-06 last year' 'Mon May 6 07:08:09 UTC 2024' '2024-05-06 1 week' 'Thu, 01 Jan 1970 00:00:09 +0000' @-1 @1.5 nonsense '2024-13-01' '2024-05-06 25:00'; do TOOL -u -d \"$d\" '+%F %T %N %s'; done",
    "TOOL -d @1700000000 '+%-d|%_m|%05d|%^a|%3N|%:z|%j|%U|%y|%e|%k|%l|%p|%D|%R|%r|%n|%t|%%|%C|%G-%V|%u|%w|%h'; TOOL -d @0 -I; TOOL -d @0 -Iseconds; TOOL -d @0 -R; TOOL -d @0 --rfc-3339=seconds; TOOL -d @0 -Ins; TOOL -r a +%s; TOOL -r nothere; printf '@1\\n@2\\n' > k; TOOL -f k +%s; TOOL x; TOOL + +; TOOL -d @0 +'%A %B %c %x %X'",
    "TOOL -u -d @1700000000",
    "TOOL -d @0 +%F.%T",
    "TOOL -d @1e9 2>&1 | wc -l",
  ],
  sleep: ["TOOL 0.01s", "TOOL x >/dev/null 2>&1", "TOOL 0 0.01"],
  pwd: ["cd d && TOOL | grep -o '[^/]*$'"],
  uname: ["TOOL -o | grep -c Linux; TOOL x; TOOL -q; TOOL --kernel-name", "TOOL -s", "TOOL -sn"],
  tty: ["TOOL < /dev/null"],
  sed: [
    "TOOL s/o/0/ a; TOOL s/o/0/g a b; TOOL 's/[a-z]*/<&>/2' a; TOOL s/x*/-/g a; TOOL 's/b*/x/2' lines",
    "TOOL -n 2p a; TOOL 2d a; TOOL '$d' a; TOOL 2q a; TOOL -n '$=' a; TOOL 2q7 a; echo $?",
    "TOOL -n '/two/,$p' a; TOOL '/one/,/two/d' a; TOOL '2,1d' a; seq 10 | TOOL -n '2,4p;7,+1p;0~5p;9!d'",
    "seq 9 | TOOL '0,/1/d'; seq 9 | TOOL '1,/1/d'; seq 9 | TOOL -n '/3/,~4p'; seq 9 | TOOL '/2/,3d'; seq 9 | TOOL '3,/4/!d'",
    "TOOL -E 's/(w)(.)/\\2\\1/' a; TOOL 's/\\(.\\)\\(.\\)/\\2\\1/g' a; TOOL -r 's/(o|e)+/[&]/g' a; TOOL 's/a\\|b/X/' lines",
    "TOOL 's,o,/,' a; TOOL 's|o|\\||' a; TOOL 's/o/\\n/' a; TOOL 's/o/a\\\nb/' a; TOOL 's/[/]/x/;s/ /\\t/' a",
    "TOOL 's/\\w\\+/\\u&/g' a; TOOL 's/.*/\\U&/' a; TOOL -E 's/(.)(.*)/\\U\\1\\E\\2!/' a; TOOL 's/ONE/x/I' a; TOOL 's/o/&&/gp' a",
    "TOOL G a; TOOL -n 'H;${x;s/\\n/,/g;p}' a; TOOL '1!G;h;$!d' a; TOOL N a; TOOL '$!N;P;D' lines; TOOL 'N;N;s/\\n/+/g' a",
    "TOOL '2a\\\nnew' a; TOOL '2i before' a; TOOL '2c changed' a; TOOL '1,2c\\\nx\\\ny' a; TOOL 'a end' b; TOOL '$!d;r b' a",
    "TOOL ':a;s/^.\\{1,9\\}$/x&/;ta' a; TOOL -e :a -e '$!{N;ba' -e '}' -e 's/\\n/ /g' a; TOOL '/o/{s/o/0/;b};s/$/!/' lines a; TOOL 's/o/0/;T;s/$/!/' a",
    "TOOL y/abc/xyz/ a lines; TOOL 'y/o\\n/0 /' a; TOOL -n l bytes; TOOL -n '/t/=' a; TOOL n\\;d a; TOOL -n 'x;p' a",
    "TOOL -i s/o/0/ a b; cat a b; TOOL -i.old 1d a; cat a a.old; TOOL -ni p a; TOOL -s -n '$p' a b; TOOL '$d' a b; TOOL F b",
    "TOOL -n 's/o/0/w x' a; cat x; TOOL '/two/w y' a; cat y; TOOL '/two/Q' a; TOOL z a; printf 's/o/0/\n1d\n' > s; TOOL -f s a",
    "TOOL s/o a; TOOL k a; TOOL 's/o/0/q' a; TOOL '{p' a; TOOL 'p}' a; TOOL 's/\\(/x/' a; TOOL 's/o/\\1/' a; TOOL 'b x' a",
    "TOOL '1,p' a; TOOL ,p a; TOOL 'pp' a; TOOL y/a/ab/ a; TOOL 1 a; TOOL p nothere a; TOOL p d; TOOL '0p' a; TOOL '/x' a; TOOL 'r' a; TOOL : a",
    "TOOL '//s//x/' a; TOOL '/o/s//x/' a; TOOL -n '/ONE/Ip' a; TOOL '\\,two,d' a; TOOL '# comment\ns/o/0/' a; TOOL -n '#n' a; TOOL '#n\n1p' a",
    "TOOL '' b a; TOOL p b; TOOL -n '$p' a empty; TOOL 's/^/> /' a; TOOL 's/$/ </' b; TOOL 's/\\bw/W/g' a; TOOL 's/./\\&/' b",
    "TOOL 's/[^,]*,//2' a; echo a,b,c,d | TOOL 's/,/;/2g'; echo aaa | TOOL 's/a/b/3;s/^a/x/g'; echo 'a.b' | TOOL 's/[.]/\\\\/'; echo abc | TOOL 's/b*/-/g'",
    "TOOL '1~2d' lines; TOOL '2~0p' lines; TOOL '$!{$!d}' lines; TOOL -n '2{p;q}' lines; TOOL '/a/,/a/d' lines; TOOL '2,4{/b/d}' lines; TOOL -n '/b/{=;p}' lines",
  ],
  diff: [
    "TOOL a a; TOOL a lines; TOOL a b; TOOL empty a; TOOL a empty; TOOL b a",
    "TOOL -u a lines | sed 's/\t.*//'; TOOL -u b a | sed 's/\t.*//'; TOOL -u empty b | sed 's/\t.*//'; TOOL -U 0 -L x -L y a lines",
    "seq 40 > x; seq 40 | sed '3d;20s/$/x/;21i new' > y; TOOL x y; TOOL -u --label x --label y x y; TOOL -U1 --label x --label y x y; TOOL --label p --label q -u y x",
    "seq 60 | sed 's/.*/line &/;5,9d' > x; seq 60 | sed 's/.*/line &/;40,50s/line/LINE/;13a one\\\ntwo' > y; TOOL x y; TOOL -i x y; TOOL -uL x -L y x y",
    "printf 'a\\nb\\nb\\nc\\n\\nd\\n' > x; printf 'a\\nb\\nb\\nb\\nc\\n\\n\\nd\\n' > y; TOOL x y; TOOL y x; TOOL -B x y; echo $?",
    "printf 'f() {\\n  x;\\n}\\n\\ng() {\\n  y;\\n}\\n' > x; printf 'f() {\\n  x;\\n}\\n\\nh() {\\n  z;\\n}\\n\\ng() {\\n  y;\\n}\\n' > y; TOOL x y; TOOL -u -L x -L y x y",
    "printf 'a  b\\nc\\n' > x; printf 'a b \\nC\\n' > y; TOOL -b x y; TOOL -w x y; TOOL -wi x y; echo $?; TOOL -iB x y",
    "TOOL -q a b; TOOL -q a a; TOOL -s a d/hard; TOOL -qs a a; TOOL bytes a; TOOL -q bytes a; echo $?; TOOL bytes bytes",
    "cp -r d g; rm g/hard; cp b g/new; TOOL d g; cp lines g/hard; TOOL d g; TOOL -r d g; echo z > g/e/z; TOOL -r d g; TOOL -rq d g; TOOL -rN d g; TOOL -ruN d g | grep -v '^[-+][-+]'",
    "TOOL a d; cp a d; TOOL a d; TOOL d a; echo x >> d/a; TOOL a d; TOOL d a; TOOL - a < b; TOOL a - < a",
    "TOOL a nothere; TOOL nothere neither; TOOL a; TOOL a b c; TOOL -N a nothere",
    "seq 300 | awk '{print $1 % 7, $1 % 3}' > x; seq 300 | awk '{print $1 % 7, ($1 % 11 ? $1 % 3 : \"new\")}' > y; TOOL x y; TOOL -u -L x -L y x y",
  ],
  printf: [
    "TOOL '%s\\n' a b c; TOOL '%d-%05d|%x|%X|%o|%u\\n' 7 -42 255 255 8 9; TOOL '%5s|%-5s|%.2s\\n' abc abc abc; TOOL '%c%c\\n' xyz q",
    "TOOL 'a\\tb\\101\\x41\\\\\\n'; TOOL '%b|' 'a\\tb' 'c\\n' '\\0101'; TOOL '%b' 'x\\cy' z; TOOL 'no newline'; TOOL '%%\\n'; TOOL '%s %s\\n' a b c",
    "TOOL '%d\\n' x; TOOL '%d\\n' 3x; TOOL '%d\\n' 0x1f 010 \"'A\"; TOOL '%z\\n' 1; TOOL; TOOL 'a\\n' b; TOOL '%*d|%-*d|\\n' 5 1 4 2; TOOL '%.3d %+d % d\\n' 5 6 7",
    "TOOL '%q\\n' 'a b' plain \"it's\" | head -n 2; TOOL -- '-%s\\n' x",
  ],
  expr: [
    "TOOL 1 + 2 '*' 3; TOOL '(' 1 + 2 ')' '*' 3; TOOL 7 / 2; TOOL -7 % 3; TOOL 5 - 5",
    "TOOL abc : 'a\\(.\\)'; TOOL abc : ab; TOOL abc : b; TOOL abc : '\\(x\\)'; TOOL aab : 'a*'",
    "TOOL length abc; TOOL substr abcd 2 2; TOOL index abcd dc; TOOL match abc 'a.'; TOOL + length",
    "TOOL 2 '<' 10; TOOL a '<' b; TOOL 2 = 02; TOOL a '!=' a; TOOL 3 '>=' 3; TOOL 10 '>' 9",
    "TOOL '' '|' x; TOOL 0 '|' 0; TOOL 1 '&' 2; TOOL 1 '&' 0; TOOL 0; TOOL ''",
    "TOOL 1 / 0; TOOL a + 1; TOOL 1 +; TOOL; TOOL 1 2; TOOL '(' 1; TOOL ')'",
    "TOOL 9223372036854775807; TOOL substr abc 0 1; TOOL substr abc 2 99",
  ],
  test: [
    "TOOL; echo $?; TOOL ''; echo $?; TOOL a; echo $?; TOOL -n; echo $?; TOOL !; echo $?",
    "TOOL -f a; echo $?; TOOL -d d -a -p f; echo $?; TOOL -L link -a ! -e dangling; echo $?; TOOL -x a; echo $?; TOOL -s empty; echo $?",
    "TOOL a = a; echo $?; TOOL a != a; echo $?; TOOL 10 -gt 9; echo $?; TOOL 1 -eq 01; echo $?; TOOL -1 -lt 0; echo $?",
    "TOOL '(' = '('; echo $?; TOOL ! = !; echo $?; TOOL ! ''; echo $?; TOOL '(' a ')'; echo $?; TOOL ! a = b; echo $?",
    "TOOL a -ef d/hard; echo $?; TOOL a -ot b; echo $?; TOOL a -nt b; echo $?; TOOL b -nt nothere; echo $?",
    "TOOL '' -o a; echo $?; TOOL a -a ''; echo $?; TOOL '(' '' -o a ')' -a b; echo $?; TOOL -z '' -a -n x; echo $?",
    "TOOL x -eq 1; TOOL -f; TOOL a b c; TOOL -q a; TOOL 1 -eq; TOOL a = b c; TOOL -t 0 < a",
  ],
  "[": ["TOOL a = a ]; echo $?; TOOL a = b ]; echo $?; TOOL ]; echo $?; TOOL a", "TOOL -d d ]"],
  true: ["TOOL"],
  false: ["TOOL"],
  id: [
    "TOOL -u; TOOL -g; TOOL -un; TOOL -gn; TOOL -G; TOOL -n; TOOL -ug; TOOL root; TOOL nobody-here",
  ],
  kill: [
    "sleep 9 & /bin/true; TOOL $!; wait $!",
    "{ sleep 9 & TOOL -9 $!; wait $!; } 2>/dev/null",
    "sleep 9 & TOOL -s INT $!; kill $!; wait $!",
    "TOOL -l 9; TOOL -l TERM; TOOL 999999; TOOL x; TOOL -L | head -n 4",
  ],
};

/** One in so many of the further cases is tried when nobody asks for all: each costs a dozen processes. */
const every = process.env["TOOLS_CASES"] === "all" ? 1 : 24;
const cases: Record<string, readonly string[]> = JSON.parse(
  readFileSync(join(import.meta.dirname, "cases.json"), "utf8"),
);
for (const [tool, commands] of Object.entries(cases)) {
  const chosen = commands.filter((_, at) => at % every === 0);
  lines[tool] = [...(lines[tool] ?? []), ...chosen];
}

describe("the tools under qemu-riscv64", { skip: lacking("qemu-riscv64") }, () => {
  for (const [tool, commands] of Object.entries(lines)) {
    test(`${tool} prints and ends as GNU's does`, () => {
      const ours = run(commands, `qemu-riscv64 -0 ${tool} ${tools}`);
      const theirs = run(
        commands,
        existsSync(`/bin/${tool}`) ? `/bin/${tool}` : `/usr/bin/${tool}`,
      );
      assert.deepEqual(ours, theirs);
    });
  }
});
