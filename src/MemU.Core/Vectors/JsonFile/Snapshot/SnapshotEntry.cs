using MemU.Files;

namespace MemU.Vectors;

/// <summary>The one place where an entry becomes JSON.</summary>
internal static class SnapshotEntry
{
    /// <summary>Writes name and value.</summary>
    /// <param name="output">The new snapshot.</param>
    /// <param name="scope">Whose it is.</param>
    /// <param name="record">What it holds.</param>
    /// <param name="extra">Members that this version does not know, as they stand in JSON.</param>
    /// <returns>Where it stands, and its text.</returns>
    public static WrittenEntry Write(SnapshotOutput output, MemoryScope scope, VectorRecord record, IReadOnlyList<byte[]> extra)
    {
        var start = output.Position;
        output.PutText(record.Id);
        output.Put(": {\"user_id\": ");
        output.PutText(scope.User);
        output.Put(", \"agent_id\": ");
        output.PutText(scope.Agent);
        if (scope.Tenant != MemoryScope.DefaultId)
        {
            output.Put(", \"tenant_id\": ");
            output.PutText(scope.Tenant);
        }

        output.Put(", \"vector\": [");
        output.PutNumbers(record.Vector.Span);
        output.Put("], \"text\": ");
        var textStart = output.Position;
        if (record.Text is null)
        {
            output.Put("null");
        }
        else
        {
            output.PutText(record.Text);
        }

        ByteRange? text = record.Text is null ? null : ByteRange.Between(textStart, output.Position);
        if (record.Model is not null)
        {
            output.Put(", \"model\": ");
            output.PutText(record.Model);
        }

        foreach (var member in extra)
        {
            output.Put(", ");
            output.Put(member);
        }

        output.Put("}");
        return new WrittenEntry(ByteRange.Between(start, output.Position), text);
    }
}
