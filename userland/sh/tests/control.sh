# XCU 2.9: lists, compounds, status
true && echo and; false && echo no; false || echo or; true || echo no
false; echo $?; ! false; echo $?; ! true; echo $?
if false; then echo 1; elif true; then echo 2; else echo 3; fi
if false; then echo 1; fi; echo "if $?"
for i in a b c; do case $i in b) continue;; esac; echo $i; done
for i in 1 2 3; do for j in 1 2 3; do [ $j = 2 ] && continue 2; [ $i = 3 ] && break 2; echo $i$j; done; done
i=0; until [ $i = 3 ]; do i=$((i+1)); echo u$i; done
while :; do break; done; echo "while $?"
while false; do :; done; echo "none $?"
for w in one 'a*' '?x' '[q]' yes x; do
  case $w in
    one|two) echo "$w: number";;
    a\*) echo "$w: literal star";;
    '?x') echo "$w: quoted";;
    \[q]) echo "$w: bracket";;
    [xyz]*) echo "$w: class";;
    *) echo "$w: other";;
  esac
done
case x in (x) echo paren;; esac
case a in b) ;; esac; echo "case $?"
{ echo group; false; }; echo $?
(exit 3); echo $?
x=outer; (x=inner; echo $x); echo $x
(echo a; echo b) | while read l; do echo "got $l"; done
echo a | { read v; echo "v=$v"; }
false | true; echo $?; true | false; echo $?
! false | false; echo $?
f() { echo "f $# $1"; return 4; }; f x y; echo $?
g() { for i in "$@"; do [ "$i" = stop ] && return; echo $i; done; }; g 1 2 stop 3
h() { local v=in; echo $v; }; v=out; h; echo $v
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(($1 * $(fact $(($1-1))))); fi; }; fact 10
k() (cd /; x=changed); x=same; k; echo $x
unset -f f; f 2>/dev/null; echo $?
for i in 1; do echo last; done && echo then
if (true); then echo sub; fi
case $(echo hi) in h*) echo matched; esac
eval 'echo eval; echo "$x"'; eval; echo $?
for x
do echo never; done
set -- p q; for x do echo $x; done
a=1 b=2 c=3; echo $a$b$c; HOME=/tmp/zz eval 'echo ~'
: ; echo semi # comment
echo no#comment '#' \# a #b
