# XCU 2.7
d=${TMPDIR:-/tmp}/sh-redirections.$$
mkdir "$d" && cd "$d" || exit 1
echo one > f; echo two >> f; cat < f; cat f f > g; echo $(($(wc -l < g)))
ls nonexistent 2> err; echo "status $?"; test -s err && echo stderr kept
{ echo out; echo err >&2; } > both 2>&1; cat both
{ echo out2; echo err2 >&2; } 2>&1 > only | while read l; do echo "piped: $l"; done; cat only
exec 3> three; echo to three >&3; exec 3>&-; cat three
exec 4< three; read line <&4; echo "$line"; exec 4<&-
(echo x >&4) 2>/dev/null || echo closed
> empty; test -f empty && test ! -s empty && echo empty
(cat < missing) 2>/dev/null || echo missing
echo a > "name with space"; cat name\ with\ space
while read a b; do echo "$b-$a"; done < f
for i in 1 2; do echo $i; done > loop; cat loop
if true; then echo branch; fi > if; cat if
(echo sub; echo shell) > s; cat s
echo first 1<> rw; echo FI 1<> rw; cat rw
set -C; (echo no > f) 2>/dev/null || echo noclobber; echo yes >| f; cat f; set +C
echo a >x1 >x2 b; cat x1 x2
n=2; echo hidden 2>/dev/null >&$n; echo shown
cd /; rm -r "$d"
