// Range designators: through several levels, over what was there before, with values without braces behind them (GNU C).
#include <stdio.h>
struct P { int a, b; };
int a[][2][4] = { [2 ... 4][0 ... 1][2 ... 3] = 1, [2] = 2, [2][0][2] = 3 };
struct I { int J; int K[3]; int L; };
struct M { int N; struct I O[3]; int P; };
struct M n[] = { [0 ... 5].O[1 ... 2].K[0 ... 1] = 4, 5, 6, 7 };
struct M o[] = { [0 ... 5].O = { [1 ... 2].K[0 ... 1] = 4 },
		 [5].O[2].K[2] = 5, 6, 7 };
struct M p[] = { [0 ... 5].O[1 ... 2].K = { [0 ... 1] = 4 },
		 [5].O[2].K[2] = 5, 6, 7 };
int q[3][3] = { [0 ... 1] = { [1 ... 2] = 23 }, [1][2] = 24 };
struct P s1[4] = { [0 ... 2] = 1, 2 };
struct P s2[4] = { {1,2},{3,4}, [0 ... 2] = { .b = 9 } };
struct P s3[4] = { {1,2},{3,4}, [0 ... 2].b = 9, {5,6} };
int m1[3][3] = { [0 ... 1] = 1, 2, 3, 4 };
int m2[3][3] = { [0 ... 2][0 ... 1] = 1, [1] = {7} };
struct B { unsigned a:3, b:5; } s4[3] = { [0 ... 2].a = 1, [0 ... 1].b = 3 };
char t1[3][4] = { [0][3] = 'x', [0 ... 2] = "ab" };
struct { int x; union { struct { int p, q; }; long l; }; } s5[3] = { [0 ... 2].p = 4, 5, [1].l = 7 };
void dump(const char*n,void*p,int s){printf("%s:",n);for(int i=0;i<s/4;i++)printf(" %x",((int*)p)[i]);puts("");}
int k; int next(void){return ++k;}
int main(){
#define D(x) dump(#x,x,sizeof x)
D(a);D(n);D(o);D(p);D(q);
  D(s1);D(s2);D(s3);D(m1);D(m2);D(s4);D(t1);D(s5);
int a1[6] = { [0 ... 2] = next(), next(), [5] = next() }; D(a1); printf("%d\n", k);
struct P a2[4] = { [0 ... 2] = next(), next() }; D(a2);printf("%d\n", k);
struct P a3[3][2] = { [0 ... 2][0 ... 1].b = next(), next() }; D(a3);printf("%d\n", k);
struct P a5[4] = { [0 ... 3] = (struct P){1,2}, [1 ... 2] = { .a = next() } }; D(a5);
int a6[20] = {[0 ... 19] = 7, [5 ... 6] = 8}; D(a6);
struct { int n; struct P ps[3]; int z; } a7[2] = { [0 ... 1].ps[1 ... 2] = { 1, 2 }, 3, { 4, { 5 } } }; D(a7);
int b1[6] = {[0 ... 2] = next(), [1] = 5}; D(b1);
struct P b2[4] = { [0 ... 3] = (struct P){1,2}, [1] = {5,6} }; D(b2);
struct P b3[4] = { [0 ... 3] = (struct P){1,2}}; D(b3);
struct P b4[4] = { [1 ... 2] = { .a = next() } }; D(b4);
struct P b5[4] = { [1 ... 2] = { .a = next(), .b = 3 }, [0].b=8 }; D(b5);
struct P b6[4] = { {1,2},{3,4}, [1 ... 2] = { .a = next() } }; D(b6);
struct P b7[4] = { [0 ... 3] = {1,2}, [1 ... 2] = { .a = next() } }; D(b7);
struct M l1[] = { [0 ... 5].O[1 ... 2].K[0 ... 1] = 4, 5, 6, 7 }; D(l1);
  return 0;
}
