# set -e, -u, -f, -x, -a and where -e does not apply (XCU 2.14 set)
sh -ec 'echo a; false; echo b'; echo $?
sh -ec 'false || echo or; if false; then :; fi; ! true; while false; do :; done; echo ok'; echo $?
sh -ec 'f() { false; echo in; }; f && echo and; f || echo x; echo end'; echo $?
sh -ec '(false); echo no'; echo $?
sh -ec 'false | true; echo pipe'; echo $?
sh -ec 'x=$(false); echo no'; echo $?
sh -uc 'echo $nope; echo no' 2>/dev/null; echo "u $?"
sh -uc 'echo ${nope-dflt} "$@" $#'; echo $?
set -f; echo /et*; set +f; echo /et[c]
set -x; (: a 'b c') 2>/dev/null; set +x 2>/dev/null
set -a; exported=yes; set +a; sh -c 'echo $exported'
set -- -a b; echo $*; set -; echo $#; set --; echo $#
sh -c 'case $- in *e*) echo e;; *) echo none;; esac'; sh -ec 'case $- in *e*) echo e;; esac'
