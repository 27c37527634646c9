# XCU 2.2: quotes, and what they protect
x='a  b'
echo "$x" $x '$x' \$x "\$x" "a\"b" 'it'\''s' a\ b; printf '%s ' "a\\b" "a\b" 'a\b' a\\b "\$" "\\\\"; echo
printf '<%s>' "" '' a""b; echo
echo one\
two "three\
four"
set -- "$x" "" c
echo $# "$@" "$*"
for i in "$@"; do echo "<$i>"; done
for i in $@; do echo "<$i>"; done
for i in "pre$@post"; do echo "<$i>"; done
set --
for i in "$@"; do echo never; done
for i in ""; do echo "<$i>"; done
echo "a'b" 'c"d' "`echo 'q  r'`" "$(echo "in  ner")"
echo "x${x}y" ${x}z "$(echo ')')" "${x:-"d  e"}"
