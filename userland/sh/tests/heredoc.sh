# XCU 2.7.4
x=value
cat <<EOT
plain $x ${x} $(echo cmd) `echo bq` $((1+1)) \$x \\ "quoted" 'single'
continued \
line
EOT
cat <<'EOT'
literal $x $(echo cmd) \
EOT
cat <<-EOT
	tabs stripped
		both $x
	EOT
cat <<A; cat <<B
first
A
second
B
cat <<EOT | grep ipe
piped
EOT
while read l; do echo "[$l]"; done <<EOT
one
two
EOT
f() { cat <<EOT
in function $1
EOT
}
f arg
cat <<EOT
$(cat <<IN
nested
IN
)
EOT
cat <<"E T"
spaces $x
E T
i=0; while [ $i -lt 2000 ]; do echo "line number $i"; i=$((i+1)); done > /tmp/sh-here.$$
big=$(cat /tmp/sh-here.$$); rm /tmp/sh-here.$$
cat <<EOT | tail -n 1
$big
EOT
