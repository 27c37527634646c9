# the builtins' own behaviour
cd /usr/bin && pwd; cd ..; pwd; cd /; cd usr; pwd; cd - ; cd /tmp; echo $OLDPWD; cd /usr/./bin/../bin; pwd
(cd /nonexistent) 2>/dev/null; echo $?
export E=1; sh -c 'echo $E'; unset E; sh -c 'echo ${E-unset}'; F=tmp sh -c 'echo $F'; echo ${F-unset}
test a = a; echo $?; test a = b; echo $?; [ -n "" ]; echo $?; [ -z "" ]; echo $?; [ 3 -gt 2 -a 2 -le 2 ]; echo $?
[ ! -e /nonexistent ]; echo $?; [ -d / -a -f /etc/passwd ]; echo $?; [ "" ]; echo $?; [ x -o "" ]; echo $?; test; echo $?
[ "(" = "(" ]; echo $?; [ ! x ]; echo $?; [ ! "" ]; echo $?; [ \( a = a \) -a b = b ]; echo $?; [ -n ]; echo $?; [ = = = ]; echo $?
[ a = ] 2>/dev/null; echo $?; [ 1 -eq x ] 2>/dev/null; echo $?
printf '%s-%d-%x-%o-%c|%5s|%-5s|%05d|%.2s\n' str 42 255 8 xyz ab cd 7 long
printf '%s\n' a b c; printf 'a\tb\\n\101\n'; printf '%b|' 'x\ty' '\0101'; printf '%d %s\n'; printf '%%|%i|%+d\n' -3 4
echo 'a b  c' | { read x y; echo "$x|$y"; }; printf '%s\n' 'a\ b c' | { read x y; echo "$x|$y"; }
printf '%s\n' 'a\b' | { read -r x; printf '%s\n' "$x"; }; echo ' lead trail ' | { read x; echo "<$x>"; }
echo 'a:b:c' | { IFS=: read x y; echo "$x|$y"; }; echo a | { read x y; echo "$x|$y"; }; read x < /dev/null; echo $?
printf 'no newline' | { read x; echo "$x $?"; }
printf 'two\\\nlines\n' | { read x; echo "$x"; }
while getopts ab:c o -a -b val -c rest; do case $o in b) echo "$o $OPTARG";; *) echo "$o";; esac; done; echo $OPTIND
OPTIND=1; set -- -xyz -n5 op; while getopts xyzn: o; do [ $o = n ] && echo "$o $OPTARG" || echo "$o"; done; shift $((OPTIND-1)); echo $*
OPTIND=1; while getopts :a: o -q -a; do echo "$o $OPTARG"; done
umask 027; umask; umask 022
command -v cd; command -v if; command echo hi; type : >/dev/null; echo $?; command -v nonexistent; echo $?
eval 'a=1;' 'echo $a'; : ${b:=2}; echo $b
. /dev/null; echo $?
echo 'v=dotted; return 3; echo no' > /tmp/sh-dot.$$; . /tmp/sh-dot.$$; echo $? $v; rm /tmp/sh-dot.$$
trap 'echo bye' EXIT; trap 'echo usr' USR1; kill -USR1 $$; trap - USR1; trap
(trap 'echo sub' EXIT); trap '' TERM; kill -TERM $$; echo survived
kill -l 15; kill -0 $$; echo $?
exec 5>&1; echo five >&5; echo -n x; echo y
alias hi='echo aliased'
hi there; unalias hi
shift 0; true; pwd >/dev/null; echo done
