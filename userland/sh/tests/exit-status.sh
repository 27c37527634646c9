# XCU 2.8.2
nonexistent-command 2>/dev/null; echo $?
/etc 2>/dev/null; echo $?
/nonexistent/x 2>/dev/null; echo $?
sh -c 'exit 7'; echo $?
sh -c 'kill -9 $$' 2>/dev/null; echo $?
sh -c 'kill -TERM $$' 2>/dev/null; echo $?
(exit 300); echo $?
true; echo $?; (false); echo $?
f() { false; }; f; echo $?
sh -c 'false; exit'; echo $?
$(true); echo $?; $(false); echo $?
sh -c 'echo $0 $1 $#' name a b
sh -c 'if'  2>/dev/null; echo $?
sh -c 'echo a; )' 2>/dev/null; echo $?
sleep 0 & wait $!; echo $?
sh -c 'exit 9' & wait $!; echo $?
(exit 4) & p=$!; wait $p; echo $?
wait 99999999 2>/dev/null; echo $?
wait; echo $?
