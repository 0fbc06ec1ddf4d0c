// The block editor: what becomes of a save, and the block. Plain script, no build step.
( function ( wp, settings ) {
	'use strict';

	const { select, dispatch } = wp.data;
	const { useEffect, useRef } = wp.element;
	const isBlock = settings.block;

	/** The editor on screen, and what hands its report to WordPress. */
	let editor = null;
	let tell = () => {};

	const reportOf = ( post ) => ( post && post.meta && post.meta[ settings.meta ] ) || '';

	// ---- saving ----

	/** What a request saves of the report, undefined for any other request. */
	function textOf( { body, data } ) {
		if ( isBlock ) return data && data.meta && data.meta[ settings.meta ];
		return body instanceof FormData ? body.get( settings.field ) || undefined : undefined;
	}

	/** What became of it, to the clerk and to the editor. */
	function settle( outcome, text ) {
		const notices = dispatch( 'core/notices' );
		if ( outcome !== 'saved' ) {
			notices.createErrorNotice( settings.words[ outcome ] || settings.words.failed, { id: 'xxgk' } );
			return;
		}
		notices.removeNotice( 'xxgk' );
		if ( editor === null ) return;
		editor.acknowledge( text );
		// What was typed meanwhile begins from it too.
		tell();
	}

	wp.apiFetch.use( ( options, next ) => {
		const text = textOf( options );
		if ( text === undefined ) return next( options );
		// Where it fails as a whole, WordPress says so.
		if ( isBlock )
			return next( options ).then( ( post ) => {
				settle( reportOf( post ) === text ? 'saved' : 'failed', text );
				return post;
			} );
		// WordPress says "updated" whatever became of the meta boxes, and takes a page that asks to log in for success:
		// only an address that says "saved" is one.
		return next( options ).then(
			( response ) => {
				settle( new URL( response.url ).searchParams.get( 'xxgk' ), text );
				return response;
			},
			( error ) => {
				settle( 'failed' );
				throw error;
			}
		);
	} );

	let edits = 0;
	/**
	 * WordPress looks into no meta box and no open cell: without an edit of its own it saves nothing on Ctrl+S, and greys
	 * its button. It sends this one along, and its server knows no such field.
	 */
	function watch( node ) {
		const touch = () => dispatch( 'core/editor' ).editPost( { xxgk: ++edits }, { undoIgnore: true } );
		node.addEventListener( 'beforeinput', touch );
		node.addEventListener( 'change', touch );
	}

	// ---- the meta box ----

	if ( ! isBlock ) {
		editor = document.querySelector( 'xxgk-annual-report' );
		watch( editor );
		return;
	}

	// ---- the block ----

	/** Keys, clipboard and files inside the report are the report's: WordPress would move, copy or remove the block. */
	const KEPT = [ 'keydown', 'copy', 'cut', 'paste', 'dragover', 'drop' ];

	/**
	 * A report that was edited and comes from WordPress, not from the server: the block was removed and brought back, or
	 * is shown as on a tablet. It goes on from what it began from, where that is what the server has.
	 */
	function goOn( node, text, stored ) {
		const { base } = read( text ).revision || {};
		if ( text !== stored && base && base === read( stored ).digest ) node.acknowledge( stored );
	}

	function read( text ) {
		try {
			return JSON.parse( text );
		} catch {
			return {};
		}
	}

	function Edit( { context } ) {
		const post = [ 'postType', context.postType, context.postId ];
		const text = wp.data.useSelect( ( from ) => reportOf( from( 'core' ).getEditedEntityRecord( ...post ) ), post );
		const ref = useRef();
		/** What the post has from this editor: it is not written back into it. */
		const told = useRef();

		useEffect( () => {
			const node = ref.current;
			const toPost = () => {
				if ( node.value === told.current ) return;
				told.current = node.value;
				const { meta } = select( 'core' ).getEditedEntityRecord( ...post );
				const edits = { meta: { ...meta, [ settings.meta ]: told.current } };
				// The report has an undo of its own.
				dispatch( 'core' ).editEntityRecord( ...post, edits, { undoIgnore: true } );
			};
			const keep = ( event ) => {
				// Ctrl+S saves the post, and the cell being typed with it.
				if ( event.key === 's' && ( event.ctrlKey || event.metaKey ) ) toPost();
				else event.stopPropagation();
			};
			[ editor, tell ] = [ node, toPost ];
			watch( node );
			node.addEventListener( 'change', toPost );
			KEPT.forEach( ( type ) => node.addEventListener( type, keep ) );
			// The preview for tablets is a document of its own, which does not know the element yet.
			const { ownerDocument } = node;
			const { customElements } = ownerDocument.defaultView;
			if ( ! customElements.get( node.localName ) ) {
				const script = ownerDocument.createElement( 'script' );
				script.src = settings.script;
				ownerDocument.head.append( script );
			}
			return () => {
				node.removeEventListener( 'change', toPost );
				KEPT.forEach( ( type ) => node.removeEventListener( type, keep ) );
			};
		}, post );

		// Loaded, or changed by another script.
		useEffect( () => {
			if ( text === told.current ) return;
			told.current = text;
			const node = ref.current;
			node.value = text;
			const stored = reportOf( select( 'core' ).getEntityRecord( ...post ) );
			node.ownerDocument.defaultView.customElements
				.whenDefined( node.localName )
				.then( () => node.updateComplete )
				.then( () => goOn( node, text, stored ) );
		}, [ text ] );

		return wp.element.createElement(
			'div',
			wp.blockEditor.useBlockProps(),
			wp.element.createElement( 'xxgk-annual-report', { ref, ...settings.attributes } )
		);
	}

	wp.blocks.registerBlockType( 'xxgk/annual-report', {
		apiVersion: 2,
		title: '政府信息公开工作年度报告',
		icon: 'media-spreadsheet',
		category: 'widgets',
		usesContext: [ 'postId', 'postType' ],
		attributes: { align: { type: 'string', default: 'wide' } },
		supports: { align: [ 'wide', 'full' ], html: false, multiple: false, reusable: false },
		edit: Edit,
		save: () => null,
	} );
} )( window.wp, window.xxgkAnnualReport );
