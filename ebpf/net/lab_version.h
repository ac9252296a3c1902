/* SPDX-License-Identifier: Apache-2.0 */
/* What `boot` reports; the same as package.json's. */
#ifndef LAB_VERSION_H
#define LAB_VERSION_H

#define LAB_VERSION "0.1.0"

#endif
