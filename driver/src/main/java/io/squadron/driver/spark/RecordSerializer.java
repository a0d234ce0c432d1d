package io.squadron.driver.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Writes a record's components in order and reads it back through its canonical constructor, checks included. */
final class RecordSerializer extends Serializer<Record> {
    private final RecordComponent[] components;
    private final Method[] accessors;
    private final Constructor<? extends Record> constructor;

    RecordSerializer(Class<? extends Record> type) {
        setImmutable(true);
        components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            constructor = type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has its canonical constructor", e);
        }
        constructor.setAccessible(true);
        accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
        Arrays.stream(accessors).forEach(accessor -> accessor.setAccessible(true));
    }

    @Override
    public void write(Kryo kryo, Output output, Record value) {
        try {
            for (int i = 0; i < components.length; i++) {
                kryo.writeClassAndObject(output, accessors[i].invoke(value));
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Cannot write " + value.getClass(), e);
        }
    }

    @Override
    public Record read(Kryo kryo, Input input, Class<Record> type) {
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = kryo.readClassAndObject(input);
        }
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot read " + type, e);
        }
    }
}
