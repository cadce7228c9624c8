/**
 * What the demo shows: an emulator with two streams of realistic traffic, the same for the same
 * seed, and queries over them.
 */
@NullMarked
package dev.millrace.cli.demo;

import org.jspecify.annotations.NullMarked;
