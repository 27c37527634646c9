# XCU 2.6.3
echo $(echo a; echo b) "$(echo a; echo b)" `echo x` "`echo \"q\"`"
echo $(echo $(echo $(echo deep))) `echo \`echo back\``
x=$(exit 5); echo $?; x=$(true)$(false); echo $?
echo "$(printf 'trail\n\n\n')|"
echo $(case x in x) echo case;; esac)
echo $(echo '(' ; echo ")")
echo "a$(echo " b ")c" a$(echo " b ")c
y=$(for i in 1 2 3; do echo $i; done); echo $y "$y"
echo $( (echo sub) ) $(echo a # comment )
)
v=`printf %s 'a\\b'`; printf '%s\n' "$v" "${#v}"
echo $(cat <<E
in here
E
)
echo ${nope:-$(echo dflt)} $(($(echo 2)+1))
n=$(echo one | { read a; echo "$a" two; } | wc -c); echo $((n))
f() { echo "f:$1"; }; echo "$(f 1)$(f 2)"
echo $()x $( )y
