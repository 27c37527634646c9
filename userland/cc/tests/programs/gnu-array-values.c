// GNU C: arrays that get their elements from a compound literal, arrays as operands of asm, __auto_type with qualifiers, a mode in a cast.
#include <stdio.h>
#define small   __attribute__((mode(QI))) int
int arr[4] = {1,2,3,4};
struct S { int n; int e[2]; } sv = { 1, {2,3} };
static const int tab[] = (const int[]){1,2,3};
static struct { int n; short v[3]; } st = { 7, (short[3]){ 4,5,6 } };
int *ptr = (int[]){9,8};
char *names[] = (char *[]){"a","bc"};
int main(){ int y=0x401; int x=(small)y; printf("%d %d\n",x,(int)sizeof(small));
 __asm__ volatile("":"+m"(arr), "+m"(sv));
 __asm__ volatile("sw zero, %0":"=m"(arr)); printf("%d %d\n", arr[0], arr[1]);
 int loc[4] = {5,6,7,8};
 __asm__ volatile("":"+m"(loc)); printf("%d %d\n", loc[0], loc[3]);
 printf("%d %lu %d %d %d %s\n", tab[2], sizeof tab, st.n, st.v[2], ptr[1], names[1]);
 int *q = (int[]){x, 3}; printf("%d\n", q[0]+q[1]);
 struct { int *a; } sp = { (int[]){1, 2} }; printf("%d\n", sp.a[1]);
 const __auto_type k = x; __auto_type kk = k; kk++; printf("%d\n", kk);
 return 0;
}
