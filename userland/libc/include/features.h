/* features.h: which standards: there is one set of declarations, whatever is asked for. */
#ifndef _FEATURES_H
#define _FEATURES_H
#endif
