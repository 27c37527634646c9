# XCU 2.6.5: field splitting
show() { printf '%d:' $#; for a in "$@"; do printf '<%s>' "$a"; done; echo; }
x=' a  b	c '; show $x; show "$x"; show x$x; show $x"y"
IFS=:; x=a::b:c:; show $x; x=:a; show $x; x=::; show $x
IFS=': '; x='a : b  c: :d'; show $x; x=' : a'; show $x
IFS=; x='a b'; show $x
IFS=x; show $(echo axbxxc)
unset IFS; show $(printf 'l1\nl2\n\n')
show a$(echo " b c ")d
IFS=-; set -- 1 2 3; show "$*"; show $*; show "$@"
x=1-2; show $x$x "$x"
IFS=' ,'; show ${nope:-a, b c}
unset IFS
y='*nothing*matches*'; show $y; show ''$nope; show $nope; show "$nope"
