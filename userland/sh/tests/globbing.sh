# XCU 2.13
d=${TMPDIR:-/tmp}/sh-glob.$$; mkdir "$d"; cd "$d" || exit 1
mkdir sub sub2 .hid; : > a.c; : > b.c; : > ab.h; : > .dot; : > sub/x.c; : > sub2/y.c; : > 'sp ace'; : > '[z]'
echo *; echo *.c; echo ?.c; echo [ab].c; echo [!a].c; echo [a-b]*; echo .d*; echo */; echo */*.c
echo s*/x*; echo nomatch*; echo "*"; echo \*; echo '*'.c; x='*.c'; echo $x "$x"
echo [[]z]; echo *[[:space:]]*; echo ./*.c; echo "$d"/a* | { read -r a rest; echo "${a#"$d"}" "${rest#"$d"}"; }
for f in *; do echo "<$f>"; done
set -- *.c; echo $#
echo *.[ch]; echo .*/ >/dev/null; echo sub/../*.h
case abc in a*c) echo y;; esac; case a.c in *.c) echo y;; esac
case 'a]b' in a[]]b) echo y;; esac; case a-b in a[x-]b) echo y;; esac; case - in [a-c]) echo n;; *) echo y;; esac
cd /; rm -r "$d"
HOME=/h; echo ~ ~/x "~" \~ a~ x=~ ; y=~/z; echo $y; p=/a:~/b:~; echo $p
