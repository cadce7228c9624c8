/**
 * What is kept on disk: the raw user records of each stream, which parts of it they cover, and the
 * tables derived from them. docs/internals/store.md describes the layout and its transactions.
 */
@NullMarked
package dev.millrace.local.store;

import org.jspecify.annotations.NullMarked;
