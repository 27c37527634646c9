# XCU 2.9.5
f() { echo $#:$*; }
f a b c; set -- outer; f in; echo $1
g() { g() { echo second; }; echo first; }; g; g
r() { [ $1 = 0 ] && return 9; r $(($1-1)); }; r 20; echo $?
v=1; w() { v=2; }; w; echo $v
p() { echo "$1"; shift; [ $# -gt 0 ] && p "$@"; }; p x y z
x=5 f1() { :; } 2>/dev/null; h() { echo $x; }; x=7 h; x=8; h
o() { echo out; echo err >&2; } 2>/dev/null; o
while f w; do break; done
if f c; then echo t; fi; f q | cat
l() { for i in 1 2 3; do [ $i = 2 ] && return $i; done; }; l; echo $?
e() { exit 6; }; (e); echo $?
true() { echo mine; return 1; }; true; echo $?; unset -f true; true; echo $?
f() { echo redefined; }; f
