using System.IO.Compression;
using System.Text;
using Npgsql;

namespace Trading.Data.Bars.Archive;

/// <summary>The file of a slice. It has its name only once it holds every row and is on the disk.</summary>
internal sealed class BarExportFile(string folder, BarSlice slice)
{
    private const string Extension = ".csv.gz";

    /// <summary>Writes the file and reads it back; one that is there already with the same rows serves.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It does not hold what was to be written.</exception>
    public async Task<string> WriteAsync(
        NpgsqlConnection connection, string table, BarDigest expected, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var (path, isThere) = await PlaceAsync(expected, cancellationToken);
        if (isThere)
        {
            return path;
        }

        var unfinished = Path.Combine(folder, $".{slice.Name}.tmp");
        await CopyAsync(connection, table, unfinished, cancellationToken);
        if (await BarDigest.OfFileAsync(unfinished, cancellationToken) != expected)
        {
            throw new IOException($"{unfinished} does not hold the {expected.Rows} rows of {slice.Name}; nothing was dropped.");
        }

        File.Move(unfinished, path);
        return path;
    }

    /// <summary>
    /// Where a try was cut off after its file was there, that has these rows. Another file of the name is of bars that came
    /// late to a month that was dropped before, and stays.
    /// </summary>
    private async Task<(string Path, bool IsThere)> PlaceAsync(BarDigest expected, CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            var path = Path.Combine(folder, number == 1 ? slice.Name + Extension : $"{slice.Name}_{number}{Extension}");
            if (!File.Exists(path))
            {
                return (path, false);
            }

            if (await IsSameAsync(path, expected, cancellationToken))
            {
                return (path, true);
            }
        }
    }

    private static async Task<bool> IsSameAsync(string path, BarDigest expected, CancellationToken cancellationToken)
    {
        try
        {
            return await BarDigest.OfFileAsync(path, cancellationToken) == expected;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private async Task CopyAsync(
        NpgsqlConnection connection, string table, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        await using (var packed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
        await using (var text = new StreamWriter(packed, new UTF8Encoding(false), 1 << 16))
        {
            using var rows = await connection.BeginTextExportAsync(
                BarExportSql.Copy(table, slice.Interval.Code), cancellationToken);
            var buffer = new char[1 << 15];
            while (await rows.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                await text.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }

        // There is no other call that waits for the disk.
#pragma warning disable CA1849
        file.Flush(flushToDisk: true);
#pragma warning restore CA1849
    }
}
