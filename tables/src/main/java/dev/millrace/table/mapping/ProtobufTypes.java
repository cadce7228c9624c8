package dev.millrace.table.mapping;

import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import dev.millrace.table.Column;
import dev.millrace.table.MessageFormat.Protobuf;
import dev.millrace.table.mapping.JsonPath.Index;
import dev.millrace.table.mapping.JsonPath.Name;
import dev.millrace.table.mapping.JsonPath.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Message types of a descriptor set, and where values are in what they describe. */
public final class ProtobufTypes {
  /** Files that a descriptor set may leave out. */
  private static final List<FileDescriptor> WELL_KNOWN =
      List.of(
          AnyProto.getDescriptor(),
          DurationProto.getDescriptor(),
          EmptyProto.getDescriptor(),
          FieldMaskProto.getDescriptor(),
          StructProto.getDescriptor(),
          TimestampProto.getDescriptor(),
          WrappersProto.getDescriptor());

  private final Map<String, FileDescriptorProto> files = new HashMap<>();
  private final Map<String, FileDescriptor> built = new HashMap<>();
  private final Set<String> building = new HashSet<>();

  private ProtobufTypes(FileDescriptorSet set) {
    set.getFileList().forEach(file -> files.put(file.getName(), file));
    WELL_KNOWN.forEach(file -> built.put(file.getName(), file));
  }

  /**
   * The type of a format's messages.
   *
   * @throws MappingException where the descriptor set is none, is not whole, or lacks the type
   */
  public static Descriptor find(Protobuf format) {
    ProtobufTypes types;
    try {
      types = new ProtobufTypes(FileDescriptorSet.parseFrom(format.descriptors().bytes()));
    } catch (InvalidProtocolBufferException e) {
      throw noSet(FirstLine.of(e));
    }
    if (types.files.isEmpty()) {
      throw noSet("it holds no file");
    }
    return types.type(format.messageType());
  }

  private static MappingException noSet(String detail) {
    return new MappingException(
        "descriptorSet",
        "it is not a descriptor set: "
            + detail
            + ". Make it with protoc --include_imports --descriptor_set_out=FILE");
  }

  private Descriptor type(String name) {
    for (String file : files.keySet()) {
      for (Descriptor type : file(file).getMessageTypes()) {
        Descriptor found = within(type, name);
        if (found != null) {
          return found;
        }
      }
    }
    throw new MappingException(
        "messageType",
        "the descriptor set has no message '%s'. It has: %s"
            .formatted(
                name,
                files.keySet().stream()
                    .flatMap(file -> file(file).getMessageTypes().stream())
                    .map(Descriptor::getFullName)
                    .sorted()
                    .limit(20)
                    .collect(Collectors.joining(", "))));
  }

  private static @Nullable Descriptor within(Descriptor type, String name) {
    if (type.getFullName().equals(name)) {
      return type;
    }
    for (Descriptor inner : type.getNestedTypes()) {
      Descriptor found = within(inner, name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private FileDescriptor file(String name) {
    FileDescriptor known = built.get(name);
    if (known != null) {
      return known;
    }
    FileDescriptorProto file = files.get(name);
    if (file == null) {
      throw new MappingException(
          "descriptorSet", "it lacks the file " + name + ". Make it with protoc --include_imports");
    }
    if (!building.add(name)) {
      throw noSet("the file " + name + " imports itself");
    }
    FileDescriptor[] imports =
        file.getDependencyList().stream().map(this::file).toArray(FileDescriptor[]::new);
    FileDescriptor made;
    try {
      made = FileDescriptor.buildFrom(checkingText(file), imports);
    } catch (DescriptorValidationException e) {
      throw noSet(FirstLine.of(e));
    }
    built.put(name, made);
    return made;
  }

  /** The library replaces what is not UTF-8 in older files where this option is not set. */
  private static FileDescriptorProto checkingText(FileDescriptorProto file) {
    return file.toBuilder()
        .setOptions(file.getOptions().toBuilder().setJavaStringCheckUtf8(true))
        .build();
  }

  /** A field by its name, or by the name that Protobuf's JSON has for it. */
  public static @Nullable FieldDescriptor field(Descriptor type, String name) {
    FieldDescriptor field = type.findFieldByName(name);
    if (field != null) {
      return field;
    }
    return type.getFields().stream()
        .filter(other -> other.getJsonName().equals(name))
        .findFirst()
        .orElse(null);
  }

  /**
   * Checks that a column's path leads somewhere.
   *
   * @throws MappingException where the type has no such place
   */
  static void check(Descriptor type, Column column) {
    if (!leads(type, JsonPath.of(column).steps())) {
      throw new MappingException(
          "mapping",
          "%s has no field '%s'; its fields: %s. Write field names with slashes between, [0] for an element of a repeated field, and a map's key as a name"
              .formatted(
                  type.getFullName(),
                  column.mapping().orElse(column.name()),
                  type.getFields().stream()
                      .map(FieldDescriptor::getName)
                      .limit(20)
                      .collect(Collectors.joining(", "))));
    }
  }

  private static boolean leads(Descriptor type, List<Step> steps) {
    if (steps.isEmpty()) {
      return true;
    }
    FieldDescriptor field = steps.get(0) instanceof Name name ? field(type, name.name()) : null;
    return field != null && below(field, steps.subList(1, steps.size()));
  }

  private static boolean below(FieldDescriptor field, List<Step> steps) {
    if (steps.isEmpty()) {
      return true;
    }
    if (!field.isRepeated()) {
      return isMessage(field) && leads(field.getMessageType(), steps);
    }
    List<Step> rest = steps.subList(1, steps.size());
    if (field.isMapField()) {
      FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
      return steps.get(0) instanceof Name && below(value, rest);
    }
    return steps.get(0) instanceof Index
        && (rest.isEmpty() || (isMessage(field) && leads(field.getMessageType(), rest)));
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
  }
}
