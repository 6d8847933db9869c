import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace shoal. */
export namespace shoal {

    /**
     * Properties of a Hello.
     * @deprecated Use shoal.Hello.$Properties instead.
     */
    interface IHello extends shoal.Hello.$Properties {
    }

    /** Client to server, once, within 3 s of connecting. */
    class Hello {

        /**
         * Constructs a new Hello.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Hello.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Room to join: 1 to 32 of a-z, 0-9 and "-"; empty means "pond". */
        room: string;

        /** What the game wants to know of a newcomer. */
        join?: (shoal.Join.$Properties|null);

        /** What the client can see. Width and height count; the view follows the own entity until a ClientFrame tells a place. */
        view?: (shoal.View.$Properties|null);

        /** Welcome.resume_token of an earlier connection, 16 bytes, to go on with that session; empty to begin a new one. */
        resumeToken: Uint8Array;

        /** With resume_token: tick of the newest ServerFrame applied in that session. Events since then are told again. */
        ackTick: number;

        /** Where the operator asks who players are: a JWT that says it (SPEC S18), at most 2048 bytes. Else empty. */
        authToken: string;

        /**
         * Encodes the specified Hello message. Does not implicitly {@link shoal.Hello.verify|verify} messages.
         * @param message Hello message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Hello message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Hello & shoal.Hello.$Shape} Hello
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Hello & shoal.Hello.$Shape;
    }

    namespace Hello {

        /** Properties of a Hello. */
        interface $Properties {

            /** Room to join: 1 to 32 of a-z, 0-9 and "-"; empty means "pond". */
            room?: (string|null);

            /** What the game wants to know of a newcomer. */
            join?: (shoal.Join.$Properties|null);

            /** What the client can see. Width and height count; the view follows the own entity until a ClientFrame tells a place. */
            view?: (shoal.View.$Properties|null);

            /** Welcome.resume_token of an earlier connection, 16 bytes, to go on with that session; empty to begin a new one. */
            resumeToken?: (Uint8Array|null);

            /** With resume_token: tick of the newest ServerFrame applied in that session. Events since then are told again. */
            ackTick?: (number|null);

            /** Where the operator asks who players are: a JWT that says it (SPEC S18), at most 2048 bytes. Else empty. */
            authToken?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Hello. */
        type $Shape = shoal.Hello.$Properties;
    }

    /**
     * Properties of a Welcome.
     * @deprecated Use shoal.Welcome.$Properties instead.
     */
    interface IWelcome extends shoal.Welcome.$Properties {
    }

    /** Server to client, once: the answer to Hello. */
    class Welcome {

        /**
         * Constructs a new Welcome.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Welcome.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Room joined. */
        room: string;

        /** The world's epoch: rises when the world changes owner or is restored, never falls. */
        epoch: number;

        /** The newest tick so far; the first frame is of a later one. */
        tick: number;

        /** Ticks a second, 10 to 60. */
        tickHz: number;

        /** Size of the world, world units. */
        worldWidth: number;

        /** Size of the world, world units. */
        worldHeight: number;

        /** Edge of a square cell, world units. */
        cellSize: number;

        /** Slot of the own entity (see EntityRest.slot). */
        ownSlot: number;

        /** Most entities a room can hold; slots are below it. */
        slotCount: number;

        /** Largest message the server accepts, bytes. */
        messageBytesMax: number;

        /** For the next Hello if this connection is lost: 16 random bytes, good for one use. Keep it secret. */
        resumeToken: Uint8Array;

        /**
         * The session of Hello.resume_token goes on: same entity, same place, nothing told to it was lost but lost_events.
         * False: this is a new session.
         */
        resumed: boolean;

        /** The number of the last of the client's events that the server has had: those after it were lost with the connection. */
        lastEvent: number;

        /** Events that the client was not there for and will not get: the oldest of too many that waited. */
        lostEvents: number;

        /**
         * Encodes the specified Welcome message. Does not implicitly {@link shoal.Welcome.verify|verify} messages.
         * @param message Welcome message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Welcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Welcome message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Welcome & shoal.Welcome.$Shape} Welcome
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Welcome & shoal.Welcome.$Shape;
    }

    namespace Welcome {

        /** Properties of a Welcome. */
        interface $Properties {

            /** Room joined. */
            room?: (string|null);

            /** The world's epoch: rises when the world changes owner or is restored, never falls. */
            epoch?: (number|null);

            /** The newest tick so far; the first frame is of a later one. */
            tick?: (number|null);

            /** Ticks a second, 10 to 60. */
            tickHz?: (number|null);

            /** Size of the world, world units. */
            worldWidth?: (number|null);

            /** Size of the world, world units. */
            worldHeight?: (number|null);

            /** Edge of a square cell, world units. */
            cellSize?: (number|null);

            /** Slot of the own entity (see EntityRest.slot). */
            ownSlot?: (number|null);

            /** Most entities a room can hold; slots are below it. */
            slotCount?: (number|null);

            /** Largest message the server accepts, bytes. */
            messageBytesMax?: (number|null);

            /** For the next Hello if this connection is lost: 16 random bytes, good for one use. Keep it secret. */
            resumeToken?: (Uint8Array|null);

            /**
             * The session of Hello.resume_token goes on: same entity, same place, nothing told to it was lost but lost_events.
             * False: this is a new session.
             */
            resumed?: (boolean|null);

            /** The number of the last of the client's events that the server has had: those after it were lost with the connection. */
            lastEvent?: (number|null);

            /** Events that the client was not there for and will not get: the oldest of too many that waited. */
            lostEvents?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Welcome. */
        type $Shape = shoal.Welcome.$Properties;
    }

    /**
     * Properties of a ClientFrame.
     * @deprecated Use shoal.ClientFrame.$Properties instead.
     */
    interface IClientFrame extends shoal.ClientFrame.$Properties {
    }

    /** Client to server, whenever there is something to tell and at least once a second. */
    class ClientFrame {

        /**
         * Constructs a new ClientFrame.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.ClientFrame.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Tick of the newest ServerFrame applied; never falls. 0 before the first. */
        ackTick: number;

        /**
         * The tick that inputs[0] is meant for; the others are for the ticks after it, one each. Inputs that wait for
         * these and later ticks are replaced.
         */
        inputTick: number;

        /** Inputs in order, at most 16. An input holds until the next one, so only changes need telling. */
        inputs: shoal.Input.$Properties[];

        /** Told when the wanted rectangle changed. Without a size: nothing is seen, the page is hidden. */
        view?: (shoal.View.$Properties|null);

        /** Events in order, at most 8. */
        events: shoal.ClientEvent.$Properties[];

        /** Any number but 0, when the client wants to measure: the next frame echoes it. */
        stamp: number;

        /** Cells whose checksum differed from what this client holds, at most 16: they come again as keyframes. */
        lostCells: number[];

        /**
         * The client's own number of events[0] in this session, from 1; the others follow one by one. Events that the server has had
         * are not taken twice. 0 if the client does not count.
         */
        firstEvent: number;

        /**
         * Encodes the specified ClientFrame message. Does not implicitly {@link shoal.ClientFrame.verify|verify} messages.
         * @param message ClientFrame message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.ClientFrame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ClientFrame message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.ClientFrame & shoal.ClientFrame.$Shape} ClientFrame
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.ClientFrame & shoal.ClientFrame.$Shape;
    }

    namespace ClientFrame {

        /** Properties of a ClientFrame. */
        interface $Properties {

            /** Tick of the newest ServerFrame applied; never falls. 0 before the first. */
            ackTick?: (number|null);

            /**
             * The tick that inputs[0] is meant for; the others are for the ticks after it, one each. Inputs that wait for
             * these and later ticks are replaced.
             */
            inputTick?: (number|null);

            /** Inputs in order, at most 16. An input holds until the next one, so only changes need telling. */
            inputs?: (shoal.Input.$Properties[]|null);

            /** Told when the wanted rectangle changed. Without a size: nothing is seen, the page is hidden. */
            view?: (shoal.View.$Properties|null);

            /** Events in order, at most 8. */
            events?: (shoal.ClientEvent.$Properties[]|null);

            /** Any number but 0, when the client wants to measure: the next frame echoes it. */
            stamp?: (number|null);

            /** Cells whose checksum differed from what this client holds, at most 16: they come again as keyframes. */
            lostCells?: (number[]|null);

            /**
             * The client's own number of events[0] in this session, from 1; the others follow one by one. Events that the server has had
             * are not taken twice. 0 if the client does not count.
             */
            firstEvent?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ClientFrame. */
        type $Shape = {
          ackTick?: number|null;
          inputTick?: number|null;
          inputs?: shoal.Input.$Shape[]|null;
          view?: shoal.View.$Shape|null;
          events?: shoal.ClientEvent.$Shape[]|null;
          stamp?: number|null;
          lostCells?: number[]|null;
          firstEvent?: number|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of a View.
     * @deprecated Use shoal.View.$Properties instead.
     */
    interface IView extends shoal.View.$Properties {
    }

    /**
     * A rectangle of the world that a client wants to see, world units. The server cuts edges longer than 2048 and
     * moves the rectangle so that the own entity is at least 64 inside it.
     */
    class View {

        /**
         * Constructs a new View.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.View.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Left edge; may be outside the world. */
        left: number;

        /** Top edge; may be outside the world. */
        top: number;

        /** Width, 1 or more. */
        width: number;

        /** Height, 1 or more. */
        height: number;

        /**
         * Encodes the specified View message. Does not implicitly {@link shoal.View.verify|verify} messages.
         * @param message View message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.View.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a View message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.View & shoal.View.$Shape} View
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.View & shoal.View.$Shape;
    }

    namespace View {

        /** Properties of a View. */
        interface $Properties {

            /** Left edge; may be outside the world. */
            left?: (number|null);

            /** Top edge; may be outside the world. */
            top?: (number|null);

            /** Width, 1 or more. */
            width?: (number|null);

            /** Height, 1 or more. */
            height?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a View. */
        type $Shape = shoal.View.$Properties;
    }

    /**
     * Properties of a ServerFrame.
     * @deprecated Use shoal.ServerFrame.$Properties instead.
     */
    interface IServerFrame extends shoal.ServerFrame.$Properties {
    }

    /** Server to client, one each tick. To apply: view, keyframes, updates, entities, then events. */
    class ServerFrame {

        /**
         * Constructs a new ServerFrame.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.ServerFrame.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** The world's tick that this frame brings the client to. */
        tick: number;

        /** The world's epoch, see Welcome. */
        epoch: number;

        /** The cells that this client is told about, from this frame on; absent when unchanged. */
        view?: (shoal.ViewCells.$Properties|null);

        /** Bit i (bit i%8 of byte i/8) set: the i-th cell of the view, row by row, has a cell update in `updates`. */
        updated: Uint8Array;

        /**
         * Cell updates, one after another, in the order of the view's cells: the grammar is in SPEC section C.
         * The server writes each cell's part once a tick and copies it to every client that sees the cell.
         */
        updates: Uint8Array;

        /** Cells told whole: newly in view, or missed by this client. */
        keyframes: shoal.CellKeyframe.$Properties[];

        /** Entities that this client sees for the first time, or whose rest fields changed. */
        entities: shoal.EntityRest.$Properties[];

        /** Events for this client, in order. */
        events: shoal.ServerEvent.$Properties[];

        /**
         * The own entity to the last bit, at the end of this frame's tick: what a client that predicts starts from. In the
         * first frame, when an input came too late for its tick, when the game moved the entity otherwise than by
         * its step, and once a second while it moves and is steered.
         */
        own?: (shoal.OwnMotion.$Properties|null);

        /** The answer to ClientFrame.stamp. */
        echo?: (shoal.Echo.$Properties|null);

        /**
         * How many ticks the server has skipped since the Welcome because it stood still (SPEC T2), when that has changed: so
         * much later than before every tick is from now on.
         */
        skippedTicks: number;

        /**
         * The client's own number of the last of its events that took effect and is kept: a server that keeps its state on disk has
         * written it there (SPEC S17). Told when it has changed.
         */
        eventAck: number;

        /**
         * Encodes the specified ServerFrame message. Does not implicitly {@link shoal.ServerFrame.verify|verify} messages.
         * @param message ServerFrame message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.ServerFrame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ServerFrame message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.ServerFrame & shoal.ServerFrame.$Shape} ServerFrame
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.ServerFrame & shoal.ServerFrame.$Shape;
    }

    namespace ServerFrame {

        /** Properties of a ServerFrame. */
        interface $Properties {

            /** The world's tick that this frame brings the client to. */
            tick?: (number|null);

            /** The world's epoch, see Welcome. */
            epoch?: (number|null);

            /** The cells that this client is told about, from this frame on; absent when unchanged. */
            view?: (shoal.ViewCells.$Properties|null);

            /** Bit i (bit i%8 of byte i/8) set: the i-th cell of the view, row by row, has a cell update in `updates`. */
            updated?: (Uint8Array|null);

            /**
             * Cell updates, one after another, in the order of the view's cells: the grammar is in SPEC section C.
             * The server writes each cell's part once a tick and copies it to every client that sees the cell.
             */
            updates?: (Uint8Array|null);

            /** Cells told whole: newly in view, or missed by this client. */
            keyframes?: (shoal.CellKeyframe.$Properties[]|null);

            /** Entities that this client sees for the first time, or whose rest fields changed. */
            entities?: (shoal.EntityRest.$Properties[]|null);

            /** Events for this client, in order. */
            events?: (shoal.ServerEvent.$Properties[]|null);

            /**
             * The own entity to the last bit, at the end of this frame's tick: what a client that predicts starts from. In the
             * first frame, when an input came too late for its tick, when the game moved the entity otherwise than by
             * its step, and once a second while it moves and is steered.
             */
            own?: (shoal.OwnMotion.$Properties|null);

            /** The answer to ClientFrame.stamp. */
            echo?: (shoal.Echo.$Properties|null);

            /**
             * How many ticks the server has skipped since the Welcome because it stood still (SPEC T2), when that has changed: so
             * much later than before every tick is from now on.
             */
            skippedTicks?: (number|null);

            /**
             * The client's own number of the last of its events that took effect and is kept: a server that keeps its state on disk has
             * written it there (SPEC S17). Told when it has changed.
             */
            eventAck?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ServerFrame. */
        type $Shape = {
          tick?: number|null;
          epoch?: number|null;
          view?: shoal.ViewCells.$Shape|null;
          updated?: Uint8Array|null;
          updates?: Uint8Array|null;
          keyframes?: shoal.CellKeyframe.$Shape[]|null;
          entities?: shoal.EntityRest.$Shape[]|null;
          events?: shoal.ServerEvent.$Shape[]|null;
          own?: shoal.OwnMotion.$Shape|null;
          echo?: shoal.Echo.$Shape|null;
          skippedTicks?: number|null;
          eventAck?: number|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of an OwnMotion.
     * @deprecated Use shoal.OwnMotion.$Properties instead.
     */
    interface IOwnMotion extends shoal.OwnMotion.$Properties {
    }

    /** Server to client: the motion of the own entity, unrounded; see SPEC M1 for the units. */
    class OwnMotion {

        /**
         * Constructs a new OwnMotion.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.OwnMotion.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** 1/32 world unit. */
        x: number;

        /** 1/32 world unit. */
        y: number;

        /** 1/65536 turn, 0 to 65535. */
        heading: number;

        /** 1/8 world unit a second. */
        speed: number;

        /** Swims by its own force. */
        thrust: boolean;

        /** By how many ticks the latest of the inputs since the last OwnMotion missed its tick; 0 if all were in time. */
        lateTicks: number;

        /**
         * Encodes the specified OwnMotion message. Does not implicitly {@link shoal.OwnMotion.verify|verify} messages.
         * @param message OwnMotion message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.OwnMotion.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an OwnMotion message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.OwnMotion & shoal.OwnMotion.$Shape} OwnMotion
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.OwnMotion & shoal.OwnMotion.$Shape;
    }

    namespace OwnMotion {

        /** Properties of an OwnMotion. */
        interface $Properties {

            /** 1/32 world unit. */
            x?: (number|null);

            /** 1/32 world unit. */
            y?: (number|null);

            /** 1/65536 turn, 0 to 65535. */
            heading?: (number|null);

            /** 1/8 world unit a second. */
            speed?: (number|null);

            /** Swims by its own force. */
            thrust?: (boolean|null);

            /** By how many ticks the latest of the inputs since the last OwnMotion missed its tick; 0 if all were in time. */
            lateTicks?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an OwnMotion. */
        type $Shape = shoal.OwnMotion.$Properties;
    }

    /**
     * Properties of an Echo.
     * @deprecated Use shoal.Echo.$Properties instead.
     */
    interface IEcho extends shoal.Echo.$Properties {
    }

    /** Server to client: when a message of the client arrived. */
    class Echo {

        /**
         * Constructs a new Echo.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Echo.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ClientFrame.stamp of the first message since the last echo that had one. */
        stamp: number;

        /** From that message's arrival to the start of this frame's tick, 1/8 ms. */
        age: number;

        /** How long the tick before this one took, microseconds. */
        tickUs: number;

        /**
         * Encodes the specified Echo message. Does not implicitly {@link shoal.Echo.verify|verify} messages.
         * @param message Echo message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Echo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Echo message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Echo & shoal.Echo.$Shape} Echo
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Echo & shoal.Echo.$Shape;
    }

    namespace Echo {

        /** Properties of an Echo. */
        interface $Properties {

            /** ClientFrame.stamp of the first message since the last echo that had one. */
            stamp?: (number|null);

            /** From that message's arrival to the start of this frame's tick, 1/8 ms. */
            age?: (number|null);

            /** How long the tick before this one took, microseconds. */
            tickUs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Echo. */
        type $Shape = shoal.Echo.$Properties;
    }

    /**
     * Properties of a ViewCells.
     * @deprecated Use shoal.ViewCells.$Properties instead.
     */
    interface IViewCells extends shoal.ViewCells.$Properties {
    }

    /**
     * The rectangle of cells that a client is told about. Cells that are in the old and the new rectangle are
     * kept; cells newly inside start empty.
     */
    class ViewCells {

        /**
         * Constructs a new ViewCells.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.ViewCells.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** First column, from 0. */
        column: number;

        /** First row, from 0. */
        row: number;

        /** Columns, 1 or more. */
        columns: number;

        /** Rows, 1 or more; columns times rows is at most 256. */
        rows: number;

        /** True: cells in both rectangles start empty, too. */
        reset: boolean;

        /**
         * Encodes the specified ViewCells message. Does not implicitly {@link shoal.ViewCells.verify|verify} messages.
         * @param message ViewCells message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.ViewCells.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ViewCells message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.ViewCells & shoal.ViewCells.$Shape} ViewCells
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.ViewCells & shoal.ViewCells.$Shape;
    }

    namespace ViewCells {

        /** Properties of a ViewCells. */
        interface $Properties {

            /** First column, from 0. */
            column?: (number|null);

            /** First row, from 0. */
            row?: (number|null);

            /** Columns, 1 or more. */
            columns?: (number|null);

            /** Rows, 1 or more; columns times rows is at most 256. */
            rows?: (number|null);

            /** True: cells in both rectangles start empty, too. */
            reset?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ViewCells. */
        type $Shape = shoal.ViewCells.$Properties;
    }

    /**
     * Properties of a CellKeyframe.
     * @deprecated Use shoal.CellKeyframe.$Properties instead.
     */
    interface ICellKeyframe extends shoal.CellKeyframe.$Properties {
    }

    /** All entities of one cell as viewers hold them at the end of this frame's tick. */
    class CellKeyframe {

        /**
         * Constructs a new CellKeyframe.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.CellKeyframe.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Row times the world's columns, plus column. */
        cell: number;

        /** One record for each entity, in roster order: slot, x, y, drive[, speed], see SPEC section C. */
        records: number[];

        /**
         * Encodes the specified CellKeyframe message. Does not implicitly {@link shoal.CellKeyframe.verify|verify} messages.
         * @param message CellKeyframe message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.CellKeyframe.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a CellKeyframe message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.CellKeyframe & shoal.CellKeyframe.$Shape} CellKeyframe
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.CellKeyframe & shoal.CellKeyframe.$Shape;
    }

    namespace CellKeyframe {

        /** Properties of a CellKeyframe. */
        interface $Properties {

            /** Row times the world's columns, plus column. */
            cell?: (number|null);

            /** One record for each entity, in roster order: slot, x, y, drive[, speed], see SPEC section C. */
            records?: (number[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a CellKeyframe. */
        type $Shape = shoal.CellKeyframe.$Properties;
    }

    /**
     * Properties of an EntityRest.
     * @deprecated Use shoal.EntityRest.$Properties instead.
     */
    interface IEntityRest extends shoal.EntityRest.$Properties {
    }

    /** Server to client: the rest fields of one entity. */
    class EntityRest {

        /**
         * Constructs a new EntityRest.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.EntityRest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Small number that names the entity in cell streams while it is in the world; reused later. */
        slot: number;

        /** The entity's number for life: never reused in this room. */
        id: number;

        /** The game's part. */
        entity?: (shoal.Entity.$Properties|null);

        /**
         * Encodes the specified EntityRest message. Does not implicitly {@link shoal.EntityRest.verify|verify} messages.
         * @param message EntityRest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.EntityRest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an EntityRest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.EntityRest & shoal.EntityRest.$Shape} EntityRest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.EntityRest & shoal.EntityRest.$Shape;
    }

    namespace EntityRest {

        /** Properties of an EntityRest. */
        interface $Properties {

            /** Small number that names the entity in cell streams while it is in the world; reused later. */
            slot?: (number|null);

            /** The entity's number for life: never reused in this room. */
            id?: (number|null);

            /** The game's part. */
            entity?: (shoal.Entity.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an EntityRest. */
        type $Shape = {
          slot?: number|null;
          id?: number|null;
          entity?: shoal.Entity.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * WebSocket close codes, also the first two bytes of a polling answer that ends the connection. Clients come
     * back after 4000 to 4499, with jitter, and do not after 4500 to 4999. A reason that ends in "retry in N ms" says when.
     */
    enum CloseCode {

        /** Never sent. */
        CLOSE_CODE_UNSPECIFIED = 0,

        /** The server restarts. Come back. */
        CLOSE_CODE_RESTARTING = 4000,

        /** The client reads too slowly. Come back. */
        CLOSE_CODE_SLOW = 4001,

        /** No Hello within 3 s. Come back. */
        CLOSE_CODE_HELLO_TIMEOUT = 4002,

        /** The room has no free place. Come back later. */
        CLOSE_CODE_ROOM_FULL = 4003,

        /** The server has no place for one more room. Come back later. */
        CLOSE_CODE_ROOMS_FULL = 4004,

        /** The room failed. Come back. */
        CLOSE_CODE_ROOM_FAILED = 4005,

        /** Nothing was heard of the client for 6 s. Come back. */
        CLOSE_CODE_SILENT = 4006,

        /** Too many messages. Come back after a pause. */
        CLOSE_CODE_RATE = 4007,

        /** More newcomers than the server takes at once. Come back when the reason says. */
        CLOSE_CODE_BUSY = 4008,

        /** The room's world costs more than its share of time. Come back later. */
        CLOSE_CODE_ROOM_OVERLOADED = 4009,

        /** Who players are cannot be checked at the moment. Come back. */
        CLOSE_CODE_AUTH_UNAVAILABLE = 4010,

        /** A message that cannot be decoded, is out of order or out of range. Mend the client. */
        CLOSE_CODE_BAD_MESSAGE = 4500,

        /** The client was made for another schema: reload the page. */
        CLOSE_CODE_UPGRADE = 4501,

        /** No such room, or not a room name. Choose another. */
        CLOSE_CODE_BAD_ROOM = 4502,

        /** A name, colour or gender in Hello that cannot be used. Choose another. */
        CLOSE_CODE_BAD_LOOK = 4503,

        /** Another connection goes on with this session. */
        CLOSE_CODE_REPLACED = 4504,

        /** Hello.auth_token is missing, not valid or no longer so. Sign in again. */
        CLOSE_CODE_UNAUTHORISED = 4505,

        /** An operator ended this session. */
        CLOSE_CODE_KICKED = 4506,

        /** An operator does not want this player or address here. */
        CLOSE_CODE_BANNED = 4507
    }

    /**
     * Properties of an Entity.
     * @deprecated Use shoal.Entity.$Properties instead.
     */
    interface IEntity extends shoal.Entity.$Properties {
    }

    /**
     * One thing in the world. The server tells a client of an entity before, or in the same frame as,
     * its first motion, and again whenever a rest field changes.
     */
    class Entity {

        /**
         * Constructs a new Entity.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Entity.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** A player's avatar. */
        tadpole?: (shoal.Tadpole.$Properties|null);

        /** Entity kind. */
        kind?: "tadpole";

        /**
         * Encodes the specified Entity message. Does not implicitly {@link shoal.Entity.verify|verify} messages.
         * @param message Entity message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Entity.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Entity message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Entity & shoal.Entity.$Shape} Entity
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Entity & shoal.Entity.$Shape;
    }

    namespace Entity {

        /** Properties of an Entity. */
        interface $Properties {

            /** A player's avatar. */
            tadpole?: (shoal.Tadpole.$Properties|null);

            /** Entity kind */
            kind?: "tadpole";

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of an Entity. */
        type $Shape = {
          tadpole?: shoal.Tadpole.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; tadpole?: null }|{ kind?: "tadpole"; tadpole: shoal.Tadpole.$Shape })
        );
    }

    /**
     * Properties of a Tadpole.
     * @deprecated Use shoal.Tadpole.$Properties instead.
     */
    interface ITadpole extends shoal.Tadpole.$Properties {
    }

    /** A player's avatar: a head with a living tail. */
    class Tadpole {

        /**
         * Constructs a new Tadpole.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Tadpole.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /**
         * Motion fields: position and heading. On the wire they travel in the cell streams and this field is
         * absent; it is filled in where a whole entity is kept.
         */
        motion?: (shoal.Motion.$Properties|null);

        /** Rest fields: name, colour and gender. */
        look?: (shoal.Look.$Properties|null);

        /** What this tadpole last said to those nearby, 0 to 280 characters, empty if nothing yet. */
        lastWords: string;

        /** Tick at which the last words were said; a client shows them while they are fresh. */
        lastWordsTick: number;

        /** Nothing is heard of the player at the moment: the connection is lost, and may come back. */
        away: boolean;

        /**
         * Encodes the specified Tadpole message. Does not implicitly {@link shoal.Tadpole.verify|verify} messages.
         * @param message Tadpole message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Tadpole.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Tadpole message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Tadpole & shoal.Tadpole.$Shape} Tadpole
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Tadpole & shoal.Tadpole.$Shape;
    }

    namespace Tadpole {

        /** Properties of a Tadpole. */
        interface $Properties {

            /**
             * Motion fields: position and heading. On the wire they travel in the cell streams and this field is
             * absent; it is filled in where a whole entity is kept.
             */
            motion?: (shoal.Motion.$Properties|null);

            /** Rest fields: name, colour and gender. */
            look?: (shoal.Look.$Properties|null);

            /** What this tadpole last said to those nearby, 0 to 280 characters, empty if nothing yet. */
            lastWords?: (string|null);

            /** Tick at which the last words were said; a client shows them while they are fresh. */
            lastWordsTick?: (number|null);

            /** Nothing is heard of the player at the moment: the connection is lost, and may come back. */
            away?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Tadpole. */
        type $Shape = shoal.Tadpole.$Properties;
    }

    /**
     * Properties of a Look.
     * @deprecated Use shoal.Look.$Properties instead.
     */
    interface ILook extends shoal.Look.$Properties {
    }

    /**
     * What a player chooses about the tadpole. Sent by clients in Join and ClientEvent.look; the server
     * cleans it, and everyone gets the cleaned version in Tadpole.look.
     */
    class Look {

        /**
         * Constructs a new Look.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Look.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /**
         * 1 to 20 characters and at most 80 bytes after cleaning; empty asks the server for "Guest N". No two in a room are alike:
         * a newcomer whose name is taken gets it with a number.
         */
        name: string;

        /** 0xRRGGBB, 0 to 16777215. */
        colour: number;

        /** How the avatar looks. */
        gender: shoal.Gender;

        /**
         * Encodes the specified Look message. Does not implicitly {@link shoal.Look.verify|verify} messages.
         * @param message Look message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Look.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Look message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Look & shoal.Look.$Shape} Look
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Look & shoal.Look.$Shape;
    }

    namespace Look {

        /** Properties of a Look. */
        interface $Properties {

            /**
             * 1 to 20 characters and at most 80 bytes after cleaning; empty asks the server for "Guest N". No two in a room are alike:
             * a newcomer whose name is taken gets it with a number.
             */
            name?: (string|null);

            /** 0xRRGGBB, 0 to 16777215. */
            colour?: (number|null);

            /** How the avatar looks. */
            gender?: (shoal.Gender|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Look. */
        type $Shape = shoal.Look.$Properties;
    }

    /** Changes the avatar's look, nothing else. */
    enum Gender {

        /** Not told: plain look. */
        GENDER_UNSPECIFIED = 0,

        /** Female. */
        GENDER_FEMALE = 1,

        /** Male. */
        GENDER_MALE = 2,

        /** Other. */
        GENDER_OTHER = 3
    }

    /**
     * Properties of a Join.
     * @deprecated Use shoal.Join.$Properties instead.
     */
    interface IJoin extends shoal.Join.$Properties {
    }

    /** What a client brings when it joins a room; part of Hello. */
    class Join {

        /**
         * Constructs a new Join.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Join.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** The look to start with. */
        look?: (shoal.Look.$Properties|null);

        /**
         * Encodes the specified Join message. Does not implicitly {@link shoal.Join.verify|verify} messages.
         * @param message Join message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Join.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Join message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Join & shoal.Join.$Shape} Join
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Join & shoal.Join.$Shape;
    }

    namespace Join {

        /** Properties of a Join. */
        interface $Properties {

            /** The look to start with. */
            look?: (shoal.Look.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Join. */
        type $Shape = shoal.Join.$Properties;
    }

    /**
     * Properties of an Input.
     * @deprecated Use shoal.Input.$Properties instead.
     */
    interface IInput extends shoal.Input.$Properties {
    }

    /** What a player does in one tick. */
    class Input {

        /**
         * Constructs a new Input.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Input.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Steers the own tadpole. */
        steer?: (shoal.Steer.$Properties|null);

        /** Input kind. */
        kind?: "steer";

        /**
         * Encodes the specified Input message. Does not implicitly {@link shoal.Input.verify|verify} messages.
         * @param message Input message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Input.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Input message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Input & shoal.Input.$Shape} Input
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Input & shoal.Input.$Shape;
    }

    namespace Input {

        /** Properties of an Input. */
        interface $Properties {

            /** Steers the own tadpole. */
            steer?: (shoal.Steer.$Properties|null);

            /** Input kind */
            kind?: "steer";

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of an Input. */
        type $Shape = {
          steer?: shoal.Steer.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; steer?: null }|{ kind?: "steer"; steer: shoal.Steer.$Shape })
        );
    }

    /**
     * Properties of a Steer.
     * @deprecated Use shoal.Steer.$Properties instead.
     */
    interface ISteer extends shoal.Steer.$Properties {
    }

    /** Steers the own tadpole for one tick. */
    class Steer {

        /**
         * Constructs a new Steer.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Steer.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Where to turn: 1/65536 turn clockwise from +x, 0 to 65535. The heading closes in on it, see SPEC M2. */
        heading: number;

        /** Swim at full speed; false glides to rest. */
        swim: boolean;

        /**
         * Encodes the specified Steer message. Does not implicitly {@link shoal.Steer.verify|verify} messages.
         * @param message Steer message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Steer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Steer message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Steer & shoal.Steer.$Shape} Steer
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Steer & shoal.Steer.$Shape;
    }

    namespace Steer {

        /** Properties of a Steer. */
        interface $Properties {

            /** Where to turn: 1/65536 turn clockwise from +x, 0 to 65535. The heading closes in on it, see SPEC M2. */
            heading?: (number|null);

            /** Swim at full speed; false glides to rest. */
            swim?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Steer. */
        type $Shape = shoal.Steer.$Properties;
    }

    /**
     * Properties of a ClientEvent.
     * @deprecated Use shoal.ClientEvent.$Properties instead.
     */
    interface IClientEvent extends shoal.ClientEvent.$Properties {
    }

    /** What a client tells the server now and then. Handled once, in order, at the start of the next tick. */
    class ClientEvent {

        /**
         * Constructs a new ClientEvent.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.ClientEvent.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Says something to everyone who can see the own tadpole. */
        say?: (shoal.Say.$Properties|null);

        /** Says something to the whole room. */
        shout?: (shoal.Shout.$Properties|null);

        /** Says something to one player. */
        whisper?: (shoal.Whisper.$Properties|null);

        /** Changes the own look; others see it in the same tick. */
        look?: (shoal.Look.$Properties|null);

        /** Tells the operators about a player; nobody else learns of it. */
        report?: (shoal.Report.$Properties|null);

        /** ClientEvent kind. */
        kind?: ("say"|"shout"|"whisper"|"look"|"report");

        /**
         * Encodes the specified ClientEvent message. Does not implicitly {@link shoal.ClientEvent.verify|verify} messages.
         * @param message ClientEvent message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.ClientEvent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ClientEvent message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.ClientEvent & shoal.ClientEvent.$Shape} ClientEvent
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.ClientEvent & shoal.ClientEvent.$Shape;
    }

    namespace ClientEvent {

        /** Properties of a ClientEvent. */
        interface $Properties {

            /** Says something to everyone who can see the own tadpole. */
            say?: (shoal.Say.$Properties|null);

            /** Says something to the whole room. */
            shout?: (shoal.Shout.$Properties|null);

            /** Says something to one player. */
            whisper?: (shoal.Whisper.$Properties|null);

            /** Changes the own look; others see it in the same tick. */
            look?: (shoal.Look.$Properties|null);

            /** Tells the operators about a player; nobody else learns of it. */
            report?: (shoal.Report.$Properties|null);

            /** ClientEvent kind */
            kind?: ("say"|"shout"|"whisper"|"look"|"report");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a ClientEvent. */
        type $Shape = {
          say?: shoal.Say.$Shape|null;
          shout?: shoal.Shout.$Shape|null;
          whisper?: shoal.Whisper.$Shape|null;
          look?: shoal.Look.$Shape|null;
          report?: shoal.Report.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; say?: null; shout?: null; whisper?: null; look?: null; report?: null }|{ kind?: "say"; say: shoal.Say.$Shape; shout?: null; whisper?: null; look?: null; report?: null }|{ kind?: "shout"; say?: null; shout: shoal.Shout.$Shape; whisper?: null; look?: null; report?: null }|{ kind?: "whisper"; say?: null; shout?: null; whisper: shoal.Whisper.$Shape; look?: null; report?: null }|{ kind?: "look"; say?: null; shout?: null; whisper?: null; look: shoal.Look.$Shape; report?: null }|{ kind?: "report"; say?: null; shout?: null; whisper?: null; look?: null; report: shoal.Report.$Shape })
        );
    }

    /**
     * Properties of a Say.
     * @deprecated Use shoal.Say.$Properties instead.
     */
    interface ISay extends shoal.Say.$Properties {
    }

    /** Client to server: words for those nearby. */
    class Say {

        /**
         * Constructs a new Say.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Say.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** 1 to 280 characters, at most 1120 bytes. */
        text: string;

        /**
         * Encodes the specified Say message. Does not implicitly {@link shoal.Say.verify|verify} messages.
         * @param message Say message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Say.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Say message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Say & shoal.Say.$Shape} Say
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Say & shoal.Say.$Shape;
    }

    namespace Say {

        /** Properties of a Say. */
        interface $Properties {

            /** 1 to 280 characters, at most 1120 bytes. */
            text?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Say. */
        type $Shape = shoal.Say.$Properties;
    }

    /**
     * Properties of a Shout.
     * @deprecated Use shoal.Shout.$Properties instead.
     */
    interface IShout extends shoal.Shout.$Properties {
    }

    /** Client to server: words for the whole room. */
    class Shout {

        /**
         * Constructs a new Shout.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Shout.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** 1 to 280 characters, at most 1120 bytes. */
        text: string;

        /**
         * Encodes the specified Shout message. Does not implicitly {@link shoal.Shout.verify|verify} messages.
         * @param message Shout message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Shout.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Shout message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Shout & shoal.Shout.$Shape} Shout
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Shout & shoal.Shout.$Shape;
    }

    namespace Shout {

        /** Properties of a Shout. */
        interface $Properties {

            /** 1 to 280 characters, at most 1120 bytes. */
            text?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Shout. */
        type $Shape = shoal.Shout.$Properties;
    }

    /**
     * Properties of a Whisper.
     * @deprecated Use shoal.Whisper.$Properties instead.
     */
    interface IWhisper extends shoal.Whisper.$Properties {
    }

    /** Client to server: words for one player. */
    class Whisper {

        /**
         * Constructs a new Whisper.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Whisper.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** EntityRest.id of the player, anywhere in the room. */
        toId: number;

        /** 1 to 280 characters, at most 1120 bytes. */
        text: string;

        /**
         * Encodes the specified Whisper message. Does not implicitly {@link shoal.Whisper.verify|verify} messages.
         * @param message Whisper message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Whisper.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Whisper message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Whisper & shoal.Whisper.$Shape} Whisper
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Whisper & shoal.Whisper.$Shape;
    }

    namespace Whisper {

        /** Properties of a Whisper. */
        interface $Properties {

            /** EntityRest.id of the player, anywhere in the room. */
            toId?: (number|null);

            /** 1 to 280 characters, at most 1120 bytes. */
            text?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Whisper. */
        type $Shape = shoal.Whisper.$Properties;
    }

    /**
     * Properties of a Report.
     * @deprecated Use shoal.Report.$Properties instead.
     */
    interface IReport extends shoal.Report.$Properties {
    }

    /**
     * Client to server: a player who should be looked at. The server adds who both are, and the last 20 lines that the
     * reporter was told.
     */
    class Report {

        /**
         * Constructs a new Report.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Report.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** EntityRest.id of the player: one in the room, or one whom the reporter heard lately. */
        aboutId: number;

        /** What happened, in the reporter's words: up to 280 characters, at most 1120 bytes; may be empty. */
        words: string;

        /**
         * Encodes the specified Report message. Does not implicitly {@link shoal.Report.verify|verify} messages.
         * @param message Report message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Report.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Report message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Report & shoal.Report.$Shape} Report
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Report & shoal.Report.$Shape;
    }

    namespace Report {

        /** Properties of a Report. */
        interface $Properties {

            /** EntityRest.id of the player: one in the room, or one whom the reporter heard lately. */
            aboutId?: (number|null);

            /** What happened, in the reporter's words: up to 280 characters, at most 1120 bytes; may be empty. */
            words?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Report. */
        type $Shape = shoal.Report.$Properties;
    }

    /**
     * Properties of a ServerEvent.
     * @deprecated Use shoal.ServerEvent.$Properties instead.
     */
    interface IServerEvent extends shoal.ServerEvent.$Properties {
    }

    /** What the server tells a client now and then; shown in the order of arrival. */
    class ServerEvent {

        /**
         * Constructs a new ServerEvent.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.ServerEvent.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Someone spoke. */
        said?: (shoal.Said.$Properties|null);

        /** Something the player should read. */
        notice?: (shoal.Notice.$Properties|null);

        /** How many players are in the room; sent at joining and whenever it changes, at most once a second. */
        online?: (shoal.Online.$Properties|null);

        /** ServerEvent kind. */
        kind?: ("said"|"notice"|"online");

        /**
         * Encodes the specified ServerEvent message. Does not implicitly {@link shoal.ServerEvent.verify|verify} messages.
         * @param message ServerEvent message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.ServerEvent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ServerEvent message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.ServerEvent & shoal.ServerEvent.$Shape} ServerEvent
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.ServerEvent & shoal.ServerEvent.$Shape;
    }

    namespace ServerEvent {

        /** Properties of a ServerEvent. */
        interface $Properties {

            /** Someone spoke. */
            said?: (shoal.Said.$Properties|null);

            /** Something the player should read. */
            notice?: (shoal.Notice.$Properties|null);

            /** How many players are in the room; sent at joining and whenever it changes, at most once a second. */
            online?: (shoal.Online.$Properties|null);

            /** ServerEvent kind */
            kind?: ("said"|"notice"|"online");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a ServerEvent. */
        type $Shape = {
          said?: shoal.Said.$Shape|null;
          notice?: shoal.Notice.$Shape|null;
          online?: shoal.Online.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ kind?: undefined; said?: null; notice?: null; online?: null }|{ kind?: "said"; said: shoal.Said.$Shape; notice?: null; online?: null }|{ kind?: "notice"; said?: null; notice: shoal.Notice.$Shape; online?: null }|{ kind?: "online"; said?: null; notice?: null; online: shoal.Online.$Shape })
        );
    }

    /**
     * Properties of a Said.
     * @deprecated Use shoal.Said.$Properties instead.
     */
    interface ISaid extends shoal.Said.$Properties {
    }

    /** Server to client: someone spoke. The sender gets it too. */
    class Said {

        /**
         * Constructs a new Said.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Said.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Who was meant to hear it. */
        scope: shoal.Scope;

        /** EntityRest.id of the speaker. */
        fromId: number;

        /** The speaker's name at that moment. */
        fromName: string;

        /** Cleaned text, 1 to 280 characters. */
        text: string;

        /** EntityRest.id of the player whispered to; 0 unless the scope is a whisper. */
        toId: number;

        /** That player's name; empty unless the scope is a whisper. */
        toName: string;

        /**
         * Encodes the specified Said message. Does not implicitly {@link shoal.Said.verify|verify} messages.
         * @param message Said message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Said.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Said message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Said & shoal.Said.$Shape} Said
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Said & shoal.Said.$Shape;
    }

    namespace Said {

        /** Properties of a Said. */
        interface $Properties {

            /** Who was meant to hear it. */
            scope?: (shoal.Scope|null);

            /** EntityRest.id of the speaker. */
            fromId?: (number|null);

            /** The speaker's name at that moment. */
            fromName?: (string|null);

            /** Cleaned text, 1 to 280 characters. */
            text?: (string|null);

            /** EntityRest.id of the player whispered to; 0 unless the scope is a whisper. */
            toId?: (number|null);

            /** That player's name; empty unless the scope is a whisper. */
            toName?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Said. */
        type $Shape = shoal.Said.$Properties;
    }

    /** Who hears a chat line. */
    enum Scope {

        /** Never sent. */
        SCOPE_UNSPECIFIED = 0,

        /** Everyone who can see the speaker. */
        SCOPE_NEARBY = 1,

        /** The whole room. */
        SCOPE_ROOM = 2,

        /** One player and the speaker. */
        SCOPE_WHISPER = 3
    }

    /**
     * Properties of a Notice.
     * @deprecated Use shoal.Notice.$Properties instead.
     */
    interface INotice extends shoal.Notice.$Properties {
    }

    /** Server to client: something the player should read; the client has the words in its language. */
    class Notice {

        /**
         * Constructs a new Notice.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Notice.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** What happened. */
        code: shoal.NoticeCode;

        /** Milliseconds until it makes sense to try again, 0 if not a matter of time. */
        retryMs: number;

        /**
         * Encodes the specified Notice message. Does not implicitly {@link shoal.Notice.verify|verify} messages.
         * @param message Notice message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Notice.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Notice message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Notice & shoal.Notice.$Shape} Notice
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Notice & shoal.Notice.$Shape;
    }

    namespace Notice {

        /** Properties of a Notice. */
        interface $Properties {

            /** What happened. */
            code?: (shoal.NoticeCode|null);

            /** Milliseconds until it makes sense to try again, 0 if not a matter of time. */
            retryMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Notice. */
        type $Shape = shoal.Notice.$Properties;
    }

    /** What became of an event: but for NOTICE_CODE_REPORTED, why it had no effect. */
    enum NoticeCode {

        /** Never sent. */
        NOTICE_CODE_UNSPECIFIED = 0,

        /** Chat quota used up (5 lines, one more each 1.5 s); the line was not sent. */
        NOTICE_CODE_CHAT_TOO_FAST = 1,

        /** The text is empty or too long; the line was not sent. */
        NOTICE_CODE_BAD_TEXT = 2,

        /** The name is empty or too long, or the colour or gender out of range; the look is unchanged. */
        NOTICE_CODE_BAD_LOOK = 3,

        /** Nobody with that id is in the room; the whisper or report was not sent. */
        NOTICE_CODE_NOBODY_THERE = 4,

        /** The report is with the operators. */
        NOTICE_CODE_REPORTED = 5,

        /** Too many reports (SPEC A6); this one was not taken. */
        NOTICE_CODE_REPORT_TOO_FAST = 6,

        /** Somebody in the room is called so, or looks so; the look is unchanged. */
        NOTICE_CODE_NAME_TAKEN = 7,

        /** The room's world takes more time than it may: for a while everything here is slower. Told without an event. */
        NOTICE_CODE_ROOM_BUSY = 8
    }

    /**
     * Properties of an Online.
     * @deprecated Use shoal.Online.$Properties instead.
     */
    interface IOnline extends shoal.Online.$Properties {
    }

    /** Server to client: the room's population. */
    class Online {

        /**
         * Constructs a new Online.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Online.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Players in the room, 1 or more. */
        players: number;

        /**
         * Encodes the specified Online message. Does not implicitly {@link shoal.Online.verify|verify} messages.
         * @param message Online message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Online.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Online message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Online & shoal.Online.$Shape} Online
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Online & shoal.Online.$Shape;
    }

    namespace Online {

        /** Properties of an Online. */
        interface $Properties {

            /** Players in the room, 1 or more. */
            players?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Online. */
        type $Shape = shoal.Online.$Properties;
    }

    /**
     * Properties of a Motion.
     * @deprecated Use shoal.Motion.$Properties instead.
     */
    interface IMotion extends shoal.Motion.$Properties {
    }

    /**
     * Motion of one entity, exact, in the integers that the simulation computes with. Entities that carry a
     * Motion field are moved through the cell streams of frame.proto, a byte or so a tick; this message is
     * the whole of it at one moment (the motion rules are in motion.ts, SPEC section M).
     */
    class Motion {

        /**
         * Constructs a new Motion.
         * @param [properties] Properties to set
         */
        constructor(properties?: shoal.Motion.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Distance from the world's left edge, 1/32 world unit, 0 to the world's width. */
        x: number;

        /** Distance from the world's top edge (y grows downwards), 1/32 world unit, 0 to the world's height. */
        y: number;

        /** Direction, 1/65536 turn clockwise from +x, 0 to 65535. */
        heading: number;

        /** Speed, 1/8 world unit a second, 0 to 800. */
        speed: number;

        /** True while the entity drives itself at cruise speed; false while it coasts and slows down. */
        thrust: boolean;

        /**
         * Encodes the specified Motion message. Does not implicitly {@link shoal.Motion.verify|verify} messages.
         * @param message Motion message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: shoal.Motion.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Motion message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {shoal.Motion & shoal.Motion.$Shape} Motion
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): shoal.Motion & shoal.Motion.$Shape;
    }

    namespace Motion {

        /** Properties of a Motion. */
        interface $Properties {

            /** Distance from the world's left edge, 1/32 world unit, 0 to the world's width. */
            x?: (number|null);

            /** Distance from the world's top edge (y grows downwards), 1/32 world unit, 0 to the world's height. */
            y?: (number|null);

            /** Direction, 1/65536 turn clockwise from +x, 0 to 65535. */
            heading?: (number|null);

            /** Speed, 1/8 world unit a second, 0 to 800. */
            speed?: (number|null);

            /** True while the entity drives itself at cruise speed; false while it coasts and slows down. */
            thrust?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Motion. */
        type $Shape = shoal.Motion.$Properties;
    }
}
