# asynchronous lists without job control
sleep 0.1 & echo started; wait; echo waited
(sleep 0.05; exit 3) & a=$!; (exit 4) & b=$!; wait $a; echo $?; wait $b; echo $?
(for i in 1 2 3; do (sleep 0.0$i; echo $i) & done; wait) | sort
{ sleep 0.05; echo grouped; } & wait $!
cat & wait; echo stdin is null
true & true & wait; echo $?
echo "$(sleep 0.05 & echo now)"
[ "$!" -gt 0 ] && echo pid
sleep 5 & kill $!; wait $!; echo $?
false && echo no & wait $!; echo $?
sh -c 'trap "echo got; exit 5" TERM; kill -TERM $$; sleep 1; echo no'; echo $?
sh -c 'trap "echo caught" USR1; (sleep 0.1; kill -USR1 $$) & wait $!; echo $?' | head -n 1
yes | head -n 1; echo $?
