/** Protobuf as bytes: messages read and written field by field, without generated classes. */
@NullMarked
package dev.carillon.protobuf;

import org.jspecify.annotations.NullMarked;
