package dev.millrace.presto;

import com.facebook.presto.spi.ColumnHandle;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** A column by its name, which its table's definition explains. */
public record KinesisColumnHandle(@JsonProperty String name) implements ColumnHandle {
  @JsonCreator
  public KinesisColumnHandle(@JsonProperty("name") String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }
}
