/**
 * Brings a store up to what a query needs: which gaps of each shard to read, in which order, and
 * what to commit when.
 */
@NullMarked
package dev.millrace.local.fill;

import org.jspecify.annotations.NullMarked;
