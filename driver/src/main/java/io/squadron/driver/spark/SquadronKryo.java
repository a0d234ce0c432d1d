package io.squadron.driver.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.serializer.KryoRegistrator;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Registers every class of ours that travels as data, so that {@code spark.kryo.registrationRequired=true} holds: a class
 * that nobody thought of is an error in a test, not a slow and fat message in production. Registration ids follow the
 * order of {@link Travellers}, which is the same in every JVM that runs the same jar.
 */
public final class SquadronKryo implements KryoRegistrator {
    /** One of each class that List.of, Set.of and Map.of make; they write themselves best. */
    private static final List<Object> COLLECTIONS =
            List.of(List.of(), List.of(1), Set.of(), Set.of(1), Map.of(), Map.of(1, 1));

    /** Spark reads schemas in tasks where a table has many files, and sends them by Kryo. */
    private static final List<DataType> TYPES = List.of(
            DataTypes.createArrayType(DataTypes.NullType),
            DataTypes.createMapType(DataTypes.NullType, DataTypes.NullType),
            DataTypes.createDecimalType(),
            DataTypes.BinaryType,
            DataTypes.BooleanType,
            DataTypes.ByteType,
            DataTypes.DateType,
            DataTypes.DoubleType,
            DataTypes.FloatType,
            DataTypes.IntegerType,
            DataTypes.LongType,
            DataTypes.NullType,
            DataTypes.ShortType,
            DataTypes.StringType,
            DataTypes.TimestampType,
            DataTypes.TimestampNTZType);

    @Override
    @SuppressWarnings("unchecked")
    public void registerClasses(Kryo kryo) {
        for (Class<?> type : Travellers.all()) {
            if (type.isRecord()) {
                kryo.register(type, new RecordSerializer((Class<? extends Record>) type));
            } else if (type.isEnum() || type.isArray()) {
                kryo.register(type);
            } else {
                kryo.register(type, new JavaSerializer());
            }
        }
        TYPES.forEach(each -> kryo.register(each.getClass()));
        COLLECTIONS.forEach(each -> kryo.register(each.getClass(), new JavaSerializer()));
    }
}
