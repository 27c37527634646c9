# XCU 2.6.2: every operator, set, empty and unset
e= ; s=value; unset u
for name in u e s; do
  eval "v=\${$name-default}"; echo "$name - <$v>"
  eval "v=\${$name:-default}"; echo "$name :- <$v>"
  eval "v=\${$name+alt}"; echo "$name + <$v>"
  eval "v=\${$name:+alt}"; echo "$name :+ <$v>"
done
echo "${u=one}" "$u"; unset u; echo "${u:=two words}" "$u"
echo ${nope:-a   b} "${nope:-a   b}" ${nope:-"a   b"} ${nope:-$s$s}
(echo ${nope?message}) 2>/dev/null; echo "status $?"
(echo ${nope:?}) 2>/dev/null; echo "status $?"
echo ${#s} ${#e} ${#}
p=/usr/local/lib/file.tar.gz
echo ${p#*/} ${p##*/} ${p%.*} ${p%%.*} ${p#/usr} ${p%nothing} ${p##*[l]}
star='*'; echo "${p#"$star"}" "${p#$star}" "${p##$star}"
q='a*b'; echo "${q%\*b}" "${q%"*b"}"
set -- a b c d e f g h i j k
echo $1 ${11} $10 $# ${10}
shift 3; echo $1 $#
echo "${@}" "${*}" ${*%k}
IFS=,; echo "$*"; IFS=; echo "$*"; unset IFS; echo "$*"
x=1 y=$x; echo $x$y
readonly r=5; (r=6) 2>/dev/null; echo "readonly $? $r"
echo ${s:+${e:-${nope:-deep}}}
echo "${s#v}${s%e}" "${#p}"
