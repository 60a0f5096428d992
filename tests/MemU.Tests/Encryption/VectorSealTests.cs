using MemU.Encryption;
using MemU.Vectors;
using static MemU.Tests.Encryption.CryptHouse;

namespace MemU.Tests.Encryption;

/// <summary>The key of a space is asked for before its rows are read; another process may write in between.</summary>
public sealed class VectorSealTests : IAsyncDisposable
{
    private static readonly byte[] Vector = [1, 2, 3, 4];
    private readonly CryptHouse house = new();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task What_was_written_with_the_first_key_after_it_was_asked_for_is_read()
    {
        var (here, there) = (new EncryptedVectors(house.Open().SpaceKeys()), new EncryptedVectors(house.Open().SpaceKeys()));
        var asked = await here.ToReadAsync(Alice, default);

        var written = (await there.ToWriteAsync(Alice, default)).Seal("items", "a", Vector);

        Assert.Equal(Vector, Open(asked, written));
    }

    [Fact]
    public async Task What_was_written_with_the_next_key_after_an_erasure_is_read_and_what_was_written_before_is_not()
    {
        var (house1, house2) = (house.Open(), house.Open());
        var (here, there) = (new EncryptedVectors(house1.SpaceKeys()), new EncryptedVectors(house2.SpaceKeys()));
        var before = (await there.ToWriteAsync(Alice, default)).Seal("items", "a", Vector);
        var asked = await here.ToReadAsync(Alice, default);
        await house2.SpaceKeys().DestroyKeyAsync(Alice, default);
        var after = (await there.ToWriteAsync(Alice, default)).Seal("items", "a", Vector);

        Assert.Equal(Vector, Open(asked, after));
        Assert.Throws<InvalidDataException>(() => Open(asked, [.. after[..^1], (byte)(after[^1] ^ 1)]));
        Assert.Throws<InvalidDataException>(() => Open(new SpaceVectorSeal(house1.SpaceKeys().Now(Alice)!, house1.SpaceKeys()), before));
    }

    [Fact]
    public async Task Without_any_key_it_is_said_that_it_is_gone()
    {
        var keys = house.Open().SpaceKeys();
        var written = (await new EncryptedVectors(keys).ToWriteAsync(Alice, default)).Seal("items", "a", Vector);
        await keys.DestroyKeyAsync(Alice, default);

        var asked = await new EncryptedVectors(keys).ToReadAsync(Alice, default);

        Assert.Contains("is gone", Assert.Throws<MemoryStoreException>(() => Open(asked, written)).Message, StringComparison.Ordinal);
    }

    private static byte[] Open(IVectorSeal seal, byte[] written)
    {
        byte[] buffer = [];
        return seal.Open("items", "a", written, ref buffer).ToArray();
    }
}
